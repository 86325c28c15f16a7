# جهات الاتصال: لوحتها وصفحتها ووسومها وحقولها.
contacts-title = جهات الاتصال
contacts-loading = جارٍ تحميل جهة الاتصال
contacts-none = لا توجد جهات اتصال بعد
contacts-none-text = كل من يكتب إلى رقمك يصبح جهة اتصال ويظهر هنا.
contacts-news =
    { $count ->
        [zero] لا جهات اتصال جديدة
        [one] عرض جهة اتصال جديدة
        [two] عرض جهتي اتصال جديدتين
        [few] عرض { $count } جهات اتصال جديدة
        [many] عرض { $count } جهة اتصال جديدة
       *[other] عرض { $count } جهة اتصال جديدة
    }
contacts-pages = صفحات جهات الاتصال
contacts-newest = إلى الأحدث
contacts-older = جهات اتصال أقدم
contacts-last = آخر رسالة
contacts-settings = الوسوم والحقول
contacts-to-list = إلى جهات الاتصال

contacts-save = حفظ
contacts-cancel = إلغاء
contacts-undo = تراجع
contacts-saving = جارٍ الحفظ
contacts-saved = تم الحفظ
contacts-name = الاسم
contacts-name-hint = كما في واتساب
contacts-rename = تغيير الاسم
contacts-whatsapp-name = على واتساب: { $name }

contacts-identities = معروفة بـ
contacts-identity-phone = الهاتف
contacts-identity-bsuid = معرّف مستخدم واتساب
contacts-identity-parent_bsuid = معرّف مستخدم واتساب للمحفظة
contacts-identity-psid = معرّف Messenger
contacts-identity-igsid = معرّف Instagram
contacts-copy = نسخ: { $name }
contacts-copy-failed = لم ينسخه المتصفح. حدّده وانسخه يدويًا.

contacts-tags = الوسوم
contacts-tags-none = لا وسوم.
contacts-tags-change = تغيير الوسوم
contacts-tag-new = وسم جديد
contacts-tag-create = إنشاء
contacts-tag-created = تم إنشاء الوسم.
contacts-colour = اللون
contacts-colour-grey = رمادي
contacts-colour-red = أحمر
contacts-colour-orange = برتقالي
contacts-colour-yellow = أصفر
contacts-colour-green = أخضر
contacts-colour-teal = أزرق مخضرّ
contacts-colour-blue = أزرق
contacts-colour-purple = بنفسجي
contacts-colour-pink = وردي

contacts-fields = الحقول
contacts-fields-none = لا توجد حقول بعد.
contacts-fields-define = الوسوم والحقول
contacts-true = نعم
contacts-false = لا
contacts-value-text = لم يُحفظ: اكتب من 1 إلى 500 حرف مرئي، أو اتركه فارغًا.
contacts-value-number = لم يُحفظ: اكتب عددًا دون فواصل للآلاف، مثل 1250 أو 12.5.
contacts-value-date = لم يُحفظ: اكتب يومًا من التقويم.
contacts-value-choice = لم يُحفظ: اختر أحد الخيارات.
contacts-value-kind = لم يُحفظ: هذا الحقل لنوع آخر من القيم.

contacts-notes = الملاحظات
contacts-notes-none = لا توجد ملاحظات بعد.
contacts-notes-more = ملاحظات أقدم
contacts-note-new = ملاحظة جديدة
contacts-note-hint = لا يراها إلا الفريق
contacts-note-save = إضافة ملاحظة
contacts-note-edit = تعديل الملاحظة
contacts-note-delete = حذف الملاحظة
contacts-note-deleted = تم حذف الملاحظة.
contacts-note-changed = معدّلة
contacts-note-nobody = عضو غادر

contacts-conversations = المحادثات
contacts-no-conversations = لا محادثات.
contacts-no-other-conversations = لا محادثات على قنوات أخرى.
contacts-status-open = مفتوحة
contacts-status-pending = معلّقة
contacts-status-snoozed = مؤجّلة
contacts-status-resolved = محلولة

contacts-history = السجل
contacts-history-more = الأقدم
contacts-history-by = من { $name }
contacts-history-first = أول ظهور
contacts-history-opened = أول رسالة على { $channel }
contacts-history-assigned = { $channel }: أُسندت إلى { $name }
contacts-history-unassigned = { $channel }: أُلغي الإسناد
contacts-history-status = { $channel }: { $status }
contacts-history-status-because = { $channel }: { $status } ({ $reason })
contacts-history-tagged = أُضيف الوسم «{ $tag }»
contacts-history-noted = ملاحظة: { $text }
contacts-history-renamed = تغيّر الاسم من «{ $from }» إلى «{ $to }»

# إعداداتها.
contacts-settings-view = يمكن لدورك الاطّلاع عليها دون تغييرها. اطلب من أحد المديرين تغيير ذلك.
contacts-tags-text = الوسوم تنظّم جهات الاتصال. من يحق له تعديل جهات الاتصال يمكنه إضافتها إليها وإنشاء وسوم جديدة.
contacts-tags-no = لا توجد وسوم بعد.
contacts-fields-text = ما تريد معرفته عن جهات الاتصال. لكل جهة اتصال هذه الحقول، بهذا الترتيب.
contacts-name-of = اسم { $name }
contacts-change = تعديل { $name }
contacts-changed = تم حفظ التغيير.
contacts-moved = تم حفظ الترتيب.
contacts-field-new = حقل جديد
contacts-field-create = إنشاء حقل
contacts-field-created = تم إنشاء الحقل.
contacts-field-up = نقل { $name } إلى أعلى
contacts-field-down = نقل { $name } إلى أسفل
contacts-kind = نوع القيمة
contacts-kind-text = نص
contacts-kind-number = عدد
contacts-kind-date = تاريخ
contacts-kind-choice = واحد من عدة خيارات
contacts-kind-yes_no = نعم أو لا
contacts-choices = الخيارات، واحد في كل سطر
contacts-delete = حذف { $name }
contacts-delete-yes = حذف نهائي
contacts-delete-no = إبقاء
contacts-delete-counting = لا يمكن التراجع عن هذا.
contacts-delete-tag =
    { $count ->
        [zero] لا تحمل أي جهة اتصال هذا الوسم. لا يمكن التراجع عن هذا.
        [one] تحمل جهة اتصال واحدة هذا الوسم وستفقده. لا يمكن التراجع عن هذا.
        [two] تحمل جهتا اتصال هذا الوسم وستفقدانه. لا يمكن التراجع عن هذا.
        [few] تحمل { $count } جهات اتصال هذا الوسم وستفقده. لا يمكن التراجع عن هذا.
        [many] تحمل { $count } جهة اتصال هذا الوسم وستفقده. لا يمكن التراجع عن هذا.
       *[other] تحمل { $count } جهة اتصال هذا الوسم وستفقده. لا يمكن التراجع عن هذا.
    }
contacts-delete-field =
    { $count ->
        [zero] لا توجد قيمة في هذا الحقل لأي جهة اتصال. لا يمكن التراجع عن هذا.
        [one] ستضيع قيمة جهة اتصال واحدة. لا يمكن التراجع عن هذا.
        [two] ستضيع قيمتا جهتَي اتصال. لا يمكن التراجع عن هذا.
        [few] ستضيع قيم { $count } جهات اتصال. لا يمكن التراجع عن هذا.
        [many] ستضيع قيم { $count } جهة اتصال. لا يمكن التراجع عن هذا.
       *[other] ستضيع قيم { $count } جهة اتصال. لا يمكن التراجع عن هذا.
    }
contacts-deleted = تم الحذف.

# ما قد يفشل.
problem-contacts-name-taken = هذا الاسم مستخدم بالفعل. لم يتغيّر شيء.
problem-contacts-too-many-tags = في مساحة العمل هذه 200 وسم، وهو الحد الأقصى.
problem-contacts-too-many-tags-here = لجهة الاتصال هذه 30 وسمًا، وهو الحد الأقصى.
problem-contacts-too-many-fields = في مساحة العمل هذه 50 حقلًا، وهو الحد الأقصى.
problem-contacts-changed-since = غيّر أحدهم هذا منذ أن فتحته. لم يتغيّر شيء؛ أعد تحميل الصفحة لتراه.
problem-contacts-kind-fixed = لا يتغيّر نوع الحقل. أنشئ حقلًا آخر للنوع الآخر من القيم.
problem-contacts-value-text = لم يُحفظ: اكتب من 1 إلى 500 حرف مرئي، أو اتركه فارغًا.
problem-contacts-value-number = لم يُحفظ: اكتب عددًا دون فواصل للآلاف، مثل 1250 أو 12.5.
problem-contacts-value-date = لم يُحفظ: اكتب يومًا من التقويم.
problem-contacts-value-choice = لم يُحفظ: اختر أحد الخيارات. ربما تغيّرت في هذه الأثناء.
problem-contacts-value-kind = لم يُحفظ: هذا الحقل لنوع آخر من القيم.

# الردود والملاحظات.
composer-tabs = ماذا تكتب
composer-reply = رد
composer-note = ملاحظة
composer-note-label = ملاحظة للفريق
composer-note-placeholder = اكتب ملاحظة؛ لا يراها العميل
composer-note-write = إضافة ملاحظة
composer-note-hint = إضافة ملاحظة (Enter)؛ سطر جديد: Shift+Enter
composer-no-files = لا يمكن إرسال الملفات من هنا بعد. لم يُرفق شيء.
composer-replies = الردود الجاهزة
composer-replying = الرد على
composer-replying-end = عدم الرد على هذه الرسالة
composer-split =
    { $count ->
        [zero] لا رسائل للإرسال
        [one] إرسال كرسالة واحدة
        [two] إرسال كرسالتين
        [few] إرسال كـ { $count } رسائل
        [many] إرسال كـ { $count } رسالة
       *[other] إرسال كـ { $count } رسالة
    }
composer-waiting =
    { $count ->
        [zero] لا رسائل تنتظر الإرسال.
        [one] رسالة واحدة تنتظر الإرسال.
        [two] رسالتان تنتظران الإرسال.
        [few] { $count } رسائل تنتظر الإرسال.
        [many] { $count } رسالة تنتظر الإرسال.
       *[other] { $count } رسالة تنتظر الإرسال.
    }
composer-waiting-now = المحاولة الآن
row-draft = مسودة
send-refused-stale = كُتبت قبل أكثر من يوم وظلت تنتظر الاتصال. أرسلها إن كانت لا تزال مناسبة.
problem-inbox-not-quotable = الرسالة التي ترد عليها لا يعرفها واتساب في هذه المحادثة. لم يُرسل شيء.

# الرموز التعبيرية.
emoji-title = الرموز التعبيرية
emoji-search = البحث في الرموز التعبيرية
emoji-none = لا يوجد رمز تعبيري بهذا الاسم.
emoji-found = النتائج
emoji-recent = المستخدمة مؤخرًا
emoji-people = الوجوه والأشخاص
emoji-nature = الحيوانات والطبيعة
emoji-food = الطعام والشراب
emoji-activities = الأنشطة
emoji-travel = السفر والأماكن
emoji-objects = الأشياء
emoji-symbols = الرموز
emoji-flags = الأعلام

# الردود الجاهزة.
replies-title = الردود الجاهزة
replies-list = ردود للجميع
replies-text = اكتب / ثم الاختصار أثناء الكتابة، فيظهر النص.
replies-search = بحث
replies-new = رد جاهز جديد
replies-change = تعديل
replies-delete = حذف
replies-none = لا توجد ردود جاهزة بعد
replies-none-text = اكتب ما تكرّره في ردودك مرة واحدة، واستدعِه ببضعة أحرف.
replies-none-view = بعد أن يكتب أحد المشرفين أو المديرين ردودًا، يمكنك استدعاؤها ببضعة أحرف.
replies-nothing-found = لا يوجد رد جاهز بهذه الكلمات.
replies-shortcut = الاختصار
replies-shortcut-hint = حروف وأرقام و _ و -. تكتبه بعد شرطة مائلة.
replies-shortcut-wrong = اكتب من 1 إلى { $most } من الحروف أو الأرقام أو _ أو -، بلا مسافات.
replies-body = النص
replies-body-hint = ما بعد | يُستخدم عند غياب القيمة، كما في {"{{"}contact.first_name|صديقنا{"}}"}.
replies-unknown = لا يوجد متغيّر باسم «{ $name }». اختر من المتغيّرات المعروضة.
replies-variables = إدراج قيمة
replies-variable-contact-name = اسم جهة الاتصال
replies-variable-contact-first-name = الاسم الأول لجهة الاتصال
replies-variable-contact-phone = رقم جهة الاتصال
replies-variable-member-name = اسمك
replies-variable-workspace-name = مساحة العمل
replies-preview = كيف يظهر
replies-example-contact = سارة أحمد
replies-example-member = منى سالم
replies-example-workspace = مقهى الشمس
replies-save = حفظ
replies-cancel = إلغاء
replies-saved = تم حفظ الرد الجاهز.
replies-deleted = تم حذف الرد الجاهز «{ $shortcut }».
replies-undo = تراجع
problem-canned-reply-shortcut-taken = لرد جاهز آخر هذا الاختصار. لم يتغيّر شيء؛ اختر اختصارًا آخر.
problem-canned-reply-changed-since = غيّر أحدهم هذا الرد منذ أن فتحته. لم يتغيّر شيء؛ أعد تحميل الصفحة لتراه.
problem-canned-reply-too-many = بلغت مساحة العمل هذه الحد الأقصى من الردود الجاهزة.

# دورة حياة المحادثة: الحالة والمسؤول والتصنيفات.
life-word-pending = معلّقة
life-word-snoozed = مؤجّلة حتى
life-word-resolved = محلولة
life-status = الحالة
life-resolve = حل
life-reopen = إعادة فتح
life-open = فتح الآن
life-pending = تعليق
life-more = التأجيل والحالات الأخرى
life-assign = إسناد
life-assignee = مُسندة إلى
life-assign-me = أنا ({ $name })
life-nobody = غير مُسندة
life-labels = التصنيفات
life-undo = تراجع
life-told-open = { $who }: فُتحت مجددًا.
life-told-pending = { $who }: عُلّقت.
life-told-snoozed = { $who }: أُجّلت حتى { $until }.
life-told-resolved = { $who }: حُلّت.
life-told-assigned = { $who }: أُسندت إلى { $member }.
life-told-unassigned = { $who }: أُلغي الإسناد.
life-told-labelled = { $who }: أُضيف التصنيف «{ $label }».
life-told-unlabelled = { $who }: أُزيل التصنيف «{ $label }».
life-failed = بقي كل شيء كما كان. { $why }
life-full = لم يُضَف التصنيف: بلغت هذه المحادثة الحد الأقصى من التصنيفات. أزِل أحدها أولًا.
life-missing = لم يتغيّر شيء: لم تعد هذه المحادثة هنا.
life-new-message = كتب { $who } للتو، لذلك تبقى المحادثة مفتوحة.
life-changed-since = غيّر أحدهم المحادثة مع { $who } منذ ذلك الحين، لذلك تبقى كما هي.
problem-inbox-not-assignable = دور هذا العضو لا يسمح بالرد على العملاء. اختر شخصًا آخر.
problem-inbox-label-taken = يوجد تصنيف بهذا الاسم بالفعل. اختر اسمًا آخر، أو استخدم ذلك التصنيف.
problem-inbox-label-changed-since = غيّر أحدهم هذا التصنيف منذ أن فتحته. لم يتغيّر شيء؛ أغلق النموذج وافتحه من جديد لتراه.
problem-inbox-too-many-labels = بلغت مساحة العمل هذه الحد الأقصى من التصنيفات. احذف أحدها أولًا.
problem-inbox-labels-full = بلغت هذه المحادثة الحد الأقصى من التصنيفات. أزِل أحدها أولًا.

snooze-hours =
    { $count ->
        [zero] الآن
        [one] بعد ساعة واحدة
        [two] بعد ساعتين
        [few] بعد { $count } ساعات
        [many] بعد { $count } ساعة
       *[other] بعد { $count } ساعة
    }
snooze-tomorrow = غدًا
snooze-monday = الاثنين
snooze-week = بعد أسبوع
snooze-choose = يوم أو وقت آخر…
snooze-title = تأجيل المحادثة
snooze-until = حتى
snooze-do = تأجيل
snooze-wrong = اختر يومًا ووقتًا في المستقبل، خلال سنة على الأكثر.

# إعدادات التصنيفات.
labels-title = التصنيفات
labels-list = كل التصنيفات
labels-none = لا توجد تصنيفات بعد
labels-none-text = تبيّن التصنيفات موضوع المحادثة ليسهل العثور عليها لاحقًا. أنشئ أول تصنيف أدناه.
labels-new = تصنيف جديد
labels-create = إنشاء
labels-manage = إدارة التصنيفات
labels-name = الاسم
labels-name-wrong = يتكوّن الاسم من 1 إلى 50 حرفًا، أحدها على الأقل مرئي.
labels-colour = اللون
labels-save = حفظ
labels-edit = تعديل «{ $label }»
labels-delete = حذف «{ $label }»
labels-delete-ask =
    { $count ->
        [zero] لا تحمل أي محادثة هذا التصنيف. لا يمكن التراجع عن هذا.
        [one] تحمل محادثة واحدة هذا التصنيف وستفقده. لا يمكن التراجع عن هذا.
        [two] تحمل محادثتان هذا التصنيف وستفقدانه. لا يمكن التراجع عن هذا.
        [few] تحمل { $count } محادثات هذا التصنيف وستفقده. لا يمكن التراجع عن هذا.
        [many] تحمل { $count } محادثة هذا التصنيف وستفقده. لا يمكن التراجع عن هذا.
       *[other] تحمل { $count } محادثة هذا التصنيف وستفقده. لا يمكن التراجع عن هذا.
    }
labels-delete-yes = حذف نهائي
labels-delete-no = إبقاء
labels-deleted = حُذف التصنيف «{ $label }» وأُزيل من كل المحادثات.
labels-used =
    { $count ->
        [zero] ليس على أي محادثة
        [one] على محادثة واحدة
        [two] على محادثتين
        [few] على { $count } محادثات
        [many] على { $count } محادثة
       *[other] على { $count } محادثة
    }
label-colour-grey = رمادي
label-colour-red = أحمر
label-colour-orange = برتقالي
label-colour-yellow = أصفر
label-colour-green = أخضر
label-colour-teal = أزرق مخضرّ
label-colour-blue = أزرق
label-colour-purple = بنفسجي
label-colour-pink = وردي

# قائمة المحادثات.
list-views = طرق العرض
list-scope-mine = محادثاتي
list-scope-unassigned = غير مُسندة
list-scope-all = الكل
list-count =
    { $count ->
        [zero] لا محادثات
        [one] محادثة واحدة
        [two] محادثتان
        [few] { $count } محادثات
        [many] { $count } محادثة
       *[other] { $count } محادثة
    }
list-news =
    { $count ->
        [zero] لا جديد
        [one] محادثة جديدة
        [two] محادثتان جديدتان
        [few] { $count } محادثات جديدة
        [many] { $count } محادثة جديدة
       *[other] { $count } محادثة جديدة
    }
list-narrow = تصفية وترتيب
list-narrow-ends-search = هذه تضيّق القائمة لا البحث: اختيار أحدها يعيدك إلى القائمة.
list-narrowed = عوامل تصفية القائمة
list-take-off = إزالة: { $name }
list-clear = مسح
list-status = الحالة
list-status-open = مفتوحة
list-status-pending = معلّقة
list-status-snoozed = مؤجّلة
list-status-resolved = محلولة
list-status-any = أي حالة
list-sort = الترتيب
list-sort-newest = الأحدث أولًا
list-sort-oldest = الأقدم أولًا
list-sort-waiting = الأطول انتظارًا
list-channel = الرقم
list-channel-all = كل الأرقام
list-label = التصنيف
list-label-all = كل التصنيفات
list-unread = غير المقروءة فقط
list-save-name = حفظ طريقة العرض هذه باسم
list-save = حفظ
list-saved = تم حفظ طريقة العرض «{ $name }».
list-view-menu = طريقة العرض { $name }
list-rename = إعادة تسمية
list-rename-title = إعادة تسمية طريقة العرض
list-delete = حذف
list-deleted = تم حذف طريقة العرض «{ $name }».
list-undo = تراجع
list-assigned = مُسندة إلى { $name }
list-waited-minutes = { $count } د
list-waited-hours = { $count } س
list-waited-days =
    { $count ->
        [zero] 0 يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
list-show-all = عرض كل المحادثات المفتوحة
list-none-all = لا توجد محادثات مفتوحة
list-none-all-text = ما إن يكتب عميل إلى رقمك حتى تظهر المحادثة هنا.
list-none-mine = لا شيء مُسند إليك
list-none-mine-text = خذ محادثة من «غير مُسندة»، أو انتظر حتى يُسند إليك أحد الزملاء واحدة.
list-none-unassigned = لكل محادثة مسؤول
list-none-unassigned-text = تظهر هنا كل محادثة جديدة لم يأخذها أحد.
list-none-unread = لا شيء غير مقروء
list-none-unread-text = تمت مشاهدة كل الرسائل. تظهر الجديدة هنا تلقائيًا.
list-none-waiting = لا أحد ينتظر
list-none-waiting-text = تلقّى كل العملاء ردًا. يظهر هنا كل من يكتب بعد الآن، والأطول انتظارًا أولًا.
list-none-snoozed = لا شيء مؤجّل
list-none-snoozed-text = أجّل محادثة لتراها مجددًا في الوقت المناسب.
list-none-narrowed = لا شيء مطابق
list-none-narrowed-text = لا توجد محادثة تطابق عوامل التصفية هذه. أزِل أحدها لترى المزيد.
problem-inbox-too-many-views = بلغت الحد الأقصى من طرق العرض المحفوظة. احذف واحدة لتحفظ أخرى.

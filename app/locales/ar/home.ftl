# الرئيسية: أرقام مساحة العمل.
home-title = الرئيسية
home-today = اليوم
home-active = المحادثات النشطة اليوم
home-begun = المحادثات الجديدة اليوم
home-inbound = الرسائل المستلمة
home-outbound = الرسائل المرسلة
home-wait-median = وقت الرد اليوم، الوسيط
home-wait-most = وقت الرد اليوم، 9 من كل 10 خلال
home-waiting = في انتظار الرد
home-waiting-longest = الأطول منذ { $time }
home-unread = المحادثات غير المقروءة
home-unread-show = عرضها
home-trend-yesterday = { $change } مقارنةً بأمس
home-trend-week = { $change } مقارنةً بما قبل أسبوع
home-trend-time = المقارنة بالوقت نفسه من اليوم.
home-seconds =
    { $large ->
        [zero] 0 ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $large } ثوانٍ
        [many] { $large } ثانية
       *[other] { $large } ثانية
    }
home-minutes = { $large } د
home-hours = { $large } س { $small } د
home-days = { $large } ي { $small } س
home-longest = الأطول انتظارًا
home-longest-none = لا أحد ينتظر ردًا.
home-loads = المفتوحة حسب المسؤول
home-loads-none = لا توجد محادثات مفتوحة.
home-nobody = غير مُسندة
home-activity = النشاط الأخير
home-activity-none = لا شيء بعد: تظهر هنا ملاحظات كل المحادثات وإسناداتها وتصنيفاتها.
home-by-itself = Charla
home-did-note = – كُتبت ملاحظة
home-did-assign = – أُسندت إلى { $name }
home-did-unassign = – أُلغي الإسناد
home-did-reopen = – أُعيد فتحها لأن العميل كتب
home-did-open = – فُتحت
home-did-pending = – عُلّقت
home-did-snooze = – أُجّلت
home-did-resolve = – حُلّت
home-did-label = – أُضيف التصنيف «{ $label }»
home-did-unlabel = – أُزيل التصنيف «{ $label }»
home-volume = الرسائل عبر الزمن
home-ranges = المدة
home-range-today = اليوم
home-range-week = 7 أيام
home-range-month = 30 يومًا
home-range-quarter = 90 يومًا
home-point = { $when }: { $inbound } مستلمة، { $outbound } مرسلة
home-table = كجدول
home-hour = الساعة
home-day = اليوم
home-export = تصدير CSV
home-stale = تعذّر تحديث الأرقام؛ تجري إعادة المحاولة.

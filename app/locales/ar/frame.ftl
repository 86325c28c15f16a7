# الإطار حول الصفحات، وكلمات المكوّنات.
frame-offline = جهازك غير متصل. قد يكون ما تراه غير محدّث.
frame-reconnecting = لا يوجد اتصال. تجري إعادة المحاولة؛ قد يكون ما تراه غير محدّث.
frame-fold = إظهار الأيقونات فقط
frame-unfold = إظهار الأسماء
frame-unread = ({ $count })

toasts = إشعارات هذه الصفحة
toast-dismiss = تجاهل
dialog-close = إغلاق
picker-search = بحث
picker-none = لا شيء مطابق.
load-more = عرض المزيد
error-unreachable = لا يوجد اتصال

preferences-density = الكثافة
density-comfortable = مريحة
density-compact = مضغوطة

# الإشعارات والاختصارات، لكل جهاز.
account-device = على هذا الجهاز
notify-desktop = إشعارات سطح المكتب
notify-desktop-hint = عندما يكتب عميل وأنت لا تنظر إلى المحادثة.
notify-forbidden = يمنع المتصفح الإشعارات من هنا. اسمح بها في إعداداته لهذه الصفحة.
notify-never = لا يعرض هذا المتصفح إشعارات من هذا العنوان.
notify-sound = الصوت
notify-sound-hint = نغمتان هادئتان، في اللحظات نفسها.
notify-which = لأي محادثات
notify-which-all = الكل
notify-which-mine = محادثاتي
notify-which-none = لا شيء
notify-new-message = رسالة جديدة
notify-and-others =
    { $others ->
        [zero] { $name }
        [one] { $name } وشخص آخر
        [two] { $name } وشخصان آخران
        [few] { $name } و{ $others } أشخاص آخرين
        [many] { $name } و{ $others } شخصًا آخر
       *[other] { $name } و{ $others } شخص آخر
    }
shortcuts-switch = اختصارات بمفتاح واحد
shortcuts-switch-hint = مثل j و k في صندوق الوارد. أوقفها إن كنت تُملي بصوتك أو تضغط المفاتيح دون قصد.
settings-title = الإعدادات

# صندوق الوارد.
inbox-title = صندوق الوارد
inbox-page-title = صندوق الوارد · Charla
inbox-nameless = جهة اتصال غير معروفة
inbox-today = اليوم
inbox-yesterday = أمس
inbox-unread-messages =
    { $count ->
        [zero] لا رسائل غير مقروءة
        [one] رسالة واحدة غير مقروءة
        [two] رسالتان غير مقروءتين
        [few] { $count } رسائل غير مقروءة
        [many] { $count } رسالة غير مقروءة
       *[other] { $count } رسالة غير مقروءة
    }
inbox-loading = جارٍ تحميل المحادثات
inbox-more = المزيد من المحادثات
inbox-more-failed = تعذّر تحميل المحادثات التالية. حاول مرة أخرى.
inbox-none-simulator = اكتب من هاتف المحاكي كما يكتب العميل: اكتب رسالة هناك فتظهر هنا فورًا.
inbox-open-simulator = فتح هاتف المحاكي
inbox-offline = لا يوجد اتصال. تجري محاولة الاتصال مجددًا؛ قد يكون ما تراه غير محدّث.
inbox-back = العودة إلى القائمة

# المحادثة.
thread-title = المحادثة
thread-messages = الرسائل
thread-loading = جارٍ تحميل الرسائل
thread-none = اختر محادثة
thread-none-text = اختر واحدة من القائمة، أو اضغط j للأولى.
thread-unread = رسائل جديدة
thread-earlier = رسائل أقدم
thread-earlier-failed = تعذّر تحميل الرسائل الأقدم. حاول مرة أخرى.
thread-to-end = إلى أحدث رسالة
thread-missed =
    { $count ->
        [zero] لا رسائل جديدة
        [one] رسالة جديدة واحدة
        [two] رسالتان جديدتان
        [few] { $count } رسائل جديدة
        [many] { $count } رسالة جديدة
       *[other] { $count } رسالة جديدة
    }

# أنواع المحتوى.
content-text = رسالة
content-image = صورة
content-video = فيديو
content-audio = مقطع صوتي
content-voice = رسالة صوتية
content-document = مستند
content-sticker = ملصق
content-location = موقع
content-contacts = بطاقة جهة اتصال
content-reaction = تفاعل
content-reaction-removed = أُزيل التفاعل
content-choice = اختيار
content-form = نموذج
content-order = طلب
content-order-items =
    { $count ->
        [zero] لا منتجات
        [one] منتج واحد
        [two] منتجان
        [few] { $count } منتجات
        [many] { $count } منتجًا
       *[other] { $count } منتج
    }
content-system = تنبيه من واتساب
content-edit = رسالة معدّلة
content-revoked = رسالة حذفها العميل
content-unsupported = نوع من الرسائل لا يمكن عرضه هنا. اطّلع عليها في الهاتف.

# إلى أين وصلت الرسالة.
state-queued = في انتظار الإرسال
state-sending = جارٍ الإرسال
state-accepted = قبلها واتساب
state-sent = أُرسلت
state-delivered = سُلّمت
state-read = قُرئت
state-played = شُغّلت
state-failed = لم تُسلّم
state-unknown = ليس واضحًا هل أُرسلت
state-failed-explained = لم تُسلّم. اكتب مجددًا، أو تواصل مع العميل بطريقة أخرى.
state-unknown-explained = ضاع الرد، لذلك ليس واضحًا هل وصلت هذه الرسالة. لا يُعاد إرسالها تلقائيًا؛ وعادةً ما يفيد واتساب خلال دقائق.
author-phone = من الهاتف

# الكتابة.
composer-label = رسالة
composer-placeholder = اكتب رسالة
composer-send = إرسال
composer-send-hint = إرسال (Enter)؛ سطر جديد: Shift+Enter
composer-role = يمكن لدورك قراءة المحادثات دون الرد عليها. اطلب من أحد المديرين تغيير ذلك.
composer-window = لا يقبل واتساب الرسائل الحرة إلا خلال 24 ساعة من آخر رسالة للعميل. يمكنك الكتابة مجددًا عندما يكتب؛ وما كتبته محفوظ.
composer-inactive = هذا الرقم معطّل، لذلك لا يُرسل شيء. ما كتبته محفوظ؛ ويمكن لأحد المديرين تفعيل الرقم.
composer-stopped = لا يُرسل شيء من هذا الرقم حاليًا. ما تكتبه ينتظر ويُرسل لاحقًا.
composer-numbers = إلى الأرقام
composer-left =
    { $count ->
        [zero] لم يبقَ أي حرف
        [one] بقي حرف واحد
        [two] بقي حرفان
        [few] بقيت { $count } أحرف
        [many] بقي { $count } حرفًا
       *[other] بقي { $count } حرف
    }
composer-over =
    { $count ->
        [zero] لا أحرف زائدة
        [one] حرف واحد زائد
        [two] حرفان زائدان
        [few] { $count } أحرف زائدة
        [many] { $count } حرفًا زائدًا
       *[other] { $count } حرف زائد
    }
send-refused = لم تُرسل.
send-refused-window = انتهت مهلة 24 ساعة. لم يصل شيء إلى العميل.
send-refused-session = تم تسجيل خروجك. سجّل الدخول وأرسلها مجددًا.
send-refused-forbidden = دورك لا يسمح بالرد على العملاء.
send-refused-unreachable = تعذّر الوصول إلى الخادم. نصّك محفوظ.
send-refused-throttled = رسائل كثيرة جدًا في وقت قصير. نصّك محفوظ؛ أرسله مجددًا بعد لحظات.
send-refused-unanswered = لم يؤكّد الخادم ذلك. نصّك محفوظ؛ وإن أعدت إرساله فلن يخرج إلا مرة واحدة.
send-refused-text = تتكوّن الرسالة من 1 إلى 4,096 حرفًا، أحدها على الأقل مرئي.
send-retry = إعادة الإرسال
send-discard = تجاهل

# جهة الاتصال.
contact-title = جهة الاتصال
contact-show = إظهار جهة الاتصال
contact-hide = إخفاء جهة الاتصال
panes-list = اتساع القائمة
panes-contact = اتساع لوحة جهة الاتصال
contact-username = اسم المستخدم
contact-channel = القناة
contact-since = أول ظهور
contact-wrote = آخر كتابة
contact-window = الرسائل الحرة حتى
contact-writing = الرسائل الحرة
contact-window-closed = عندما يكتب العميل مجددًا

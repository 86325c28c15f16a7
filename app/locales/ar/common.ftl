# ما تشترك فيه كل الصفحات.
loading = جارٍ التحميل
error-title = تعذّر عرض هذا
error-not-found = لا يوجد شيء هنا
error-forbidden = دورك لا يسمح بهذا
error-retry = إعادة المحاولة
error-home = إلى مساحات عملي
not-found-text = هذا العنوان لا يؤدي إلى شيء، أو يؤدي إلى ما لا يحق لك الاطّلاع عليه.
not-found-home = إلى صفحة البداية
problem-unreachable = تعذّر الوصول إلى الخادم. تحقّق من اتصالك، ثم حاول مرة أخرى.
problem-no-answer = تعذّرت قراءة رد الخادم. تأكّد هل تم الأمر قبل أن تحاول مرة أخرى.
problem-request-malformed = لم يفهم الخادم الطلب. أعد تحميل الصفحة، ثم حاول مرة أخرى.
problem-timeout = يستغرق هذا وقتًا طويلًا. تأكّد هل تم الأمر قبل أن تحاول مرة أخرى.
problem-rate-limited = الطلبات كثيرة جدًا. انتظر لحظة ثم تابع.
problem-unavailable = لا يمكن الوصول إلى قاعدة البيانات الآن. حاول مرة أخرى بعد لحظات.
problem-internal = حدث خطأ في الخادم. تأكّد هل تم الأمر قبل أن تحاول مرة أخرى.
problem-session-required = تم تسجيل خروجك. سجّل الدخول مجددًا وستعود إلى هنا.
problem-forbidden = إن كنت تحتاج إليه، فاطلبه من أحد مديري مساحة العمل.
problem-operator-required = هذا مخصص لمشغّلي هذا التثبيت. اسأل من أعدّه.
problem-invalid = بعض الحقول تحتاج إلى مراجعة. لم يتغيّر شيء.
problem-not-found = ربما أُزيل، أو لا يحق لك الاطّلاع عليه.

copy = نسخ
copied = تم النسخ
copy-by-hand = لم ينسخه المتصفح. النص محدّد: انسخه يدويًا.

frame-skip = إلى المحتوى
frame-navigation = التنقل
frame-switch = مساحة العمل { $name }: تبديل
frame-me = حسابي
sheet-to-inbox = إلى صندوق الوارد

preferences-language = اللغة
preferences-theme = المظهر
theme-system = حسب الجهاز
theme-light = فاتح
theme-dark = داكن

role-owner = مالك
role-admin = مدير
role-supervisor = مشرف
role-member = عضو
role-viewer = مشاهد

# ما تقوله النماذج.
flash-invalid = بعض المدخلات تحتاج إلى مراجعة. لم يتغيّر شيء.
flash-not-found = لم يعد ذلك موجودًا. لم يتغيّر شيء.
flash-other = لم ينجح ذلك. لم يتغيّر شيء؛ حاول مرة أخرى.
flash-unavailable = تعذّر على الخادم فعل ذلك الآن. تحقّق مما إذا كان قد تم قبل أن تحاول مرة أخرى.
flash-session-wrong = البريد الإلكتروني وكلمة المرور غير متطابقين.
flash-session-throttled =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. حاول مرة أخرى الآن.
        [one] محاولات كثيرة جدًا. حاول مرة أخرى بعد ثانية واحدة.
        [two] محاولات كثيرة جدًا. حاول مرة أخرى بعد ثانيتين.
        [few] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $seconds } ثانية.
    }
flash-session-ended = تم تسجيل الخروج من ذلك المتصفح.
flash-account-closed = الحسابات الجديدة تحتاج إلى دعوة. اطلب رابطًا من أحد مديري مساحة عملك.
flash-account-unavailable = لا يمكن إنشاء حساب بهذا العنوان. إن كان عنوانك، فسجّل الدخول بدلًا من ذلك.
flash-password-wrong = كلمة المرور الحالية غير صحيحة. لم يتغيّر شيء.
flash-password-changed = تم تغيير كلمة المرور. سُجّل خروجك من متصفحاتك الأخرى.
flash-invite-gone = انتهت صلاحية هذه الدعوة أو استُخدمت أو أُلغيت. اطلب دعوة جديدة.

# لمشغّلي التثبيت.
quarantine-title = الحجر
quarantine-text = أجزاء من الـ Webhook لم يمكن أن يكون لها أثر. لم يضِع منها شيء: أصلح ما حال دونها، ثم أعد معالجتها.
quarantine-none = لا شيء ينتظر
quarantine-none-text = كان لكل Webhook أثره.
quarantine-none-here = لم يعد شيء ينتظر هنا.
quarantine-refresh = تحديث
quarantine-reasons = سبب انتظارها
quarantine-reason = السبب
quarantine-count = التحديثات
quarantine-actions = ما يمكن فعله
quarantine-all = عرض ما لكل الأسباب
quarantine-updates = ما ينتظر
quarantine-updates-of = ما ينتظر: { $reason }
quarantine-whole = إعادة المعالجة والتجاهل يشملان الدفعة كلها. وما كان له أثر منها لا يتكرر أثره.
quarantine-part = الجزء { $number } من دفعته
quarantine-pages = صفحات القائمة
quarantine-newest = الأحدث
quarantine-older = الأقدم
quarantine-show = إظهار ما وصل
quarantine-hide = إخفاء ما وصل
quarantine-raw = ما وصل
quarantine-size =
    { $count ->
        [zero] 0 بايت.
        [one] بايت واحد.
        [two] 2 بايت.
        [few] { $count } بايت.
        [many] { $count } بايت.
       *[other] { $count } بايت.
    }
quarantine-cut = لا يظهر سوى البداية.
quarantine-replay = إعادة المعالجة
quarantine-replay-all = إعادة معالجة الكل
quarantine-replaying =
    { $count ->
        [zero] لم تُعد معالجة أي دفعة حتى الآن؛ والبقية تتبع.
        [one] أُعيدت معالجة دفعة واحدة حتى الآن؛ والبقية تتبع.
        [two] أُعيدت معالجة دفعتين حتى الآن؛ والبقية تتبع.
        [few] أُعيدت معالجة { $count } دفعات حتى الآن؛ والبقية تتبع.
        [many] أُعيدت معالجة { $count } دفعة حتى الآن؛ والبقية تتبع.
       *[other] أُعيدت معالجة { $count } دفعة حتى الآن؛ والبقية تتبع.
    }
quarantine-replayed =
    { $count ->
        [zero] لم تُعد معالجة أي دفعة.
        [one] أُعيدت معالجة دفعة واحدة. وما يفشل مجددًا يعود إلى هنا.
        [two] أُعيدت معالجة دفعتين. وما يفشل مجددًا يعود إلى هنا.
        [few] أُعيدت معالجة { $count } دفعات. وما يفشل مجددًا يعود إلى هنا.
        [many] أُعيدت معالجة { $count } دفعة. وما يفشل مجددًا يعود إلى هنا.
       *[other] أُعيدت معالجة { $count } دفعة. وما يفشل مجددًا يعود إلى هنا.
    }
quarantine-discard = تجاهل
quarantine-discard-title = هل تريد التجاهل نهائيًا؟
quarantine-discard-text = ما ينتظر من هذه الدفعة لن يكون له أثر أبدًا: لن تصل رسائلها إلى صندوق الوارد. لا يمكن التراجع عن هذا.
quarantine-discard-sure = تجاهل نهائي
quarantine-keep = إبقاء
quarantine-discarded = تم تجاهل الدفعة.
quarantine-gone = لم تعد تنتظر: سبق أن أُعيدت معالجتها أو جرى تجاهلها.

quarantine-reason-unknown-number = رقم غير معروف
quarantine-reason-unreadable = تعذّرت قراءتها
quarantine-reason-not-a-delivery = ليست دفعة Webhook
quarantine-reason-failed = رفضتها قاعدة البيانات
quarantine-reason-group = رسالة مجموعة
quarantine-reason-anonymous = بلا مرسِل
quarantine-reason-foreign-app = موقّعة من تطبيق مساحة عمل أخرى
quarantine-reason-foreign-account = تذكر حساب أعمال آخر

# البحث في القائمة.
search-label = البحث عن أشخاص ورسائل
search-placeholder = بحث
search-close = إغلاق البحث
search-loading = جارٍ البحث
search-results = النتائج
search-people = الأشخاص
search-messages = الرسائل
search-us = أنت
search-found =
    { $people ->
        [zero] لا أشخاص
        [one] شخص واحد
        [two] شخصان
        [few] { $people } أشخاص
        [many] { $people } شخصًا
       *[other] { $people } شخص
    }، { $messages ->
        [zero] لا رسائل
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $messages } رسائل
        [many] { $messages } رسالة
       *[other] { $messages } رسالة
    }{ $more ->
        [yes] ، وهناك المزيد.
       *[other] .
    }
search-more = رسائل أقدم
search-more-failed = تعذّر تحميل الرسائل الأقدم. حاول مرة أخرى.
search-none = لم يُعثر على شيء
search-none-text = جرّب كلمات أقل، أو بداية كلمة. يجب أن ترد كل كلمة في الرسالة.
search-recent = عمليات البحث الأخيرة
search-forget = نسيان هذا البحث
search-tip-words = يجب أن ترد كل الكلمات التي تكتبها في الرسالة؛ ولا تهم علامات التشكيل ولا حالة الأحرف.
search-tip-phrase = «الكلمات بين علامتي اقتباس» يجب أن ترد متتالية.
search-tip-number = جزء من رقم الهاتف يكفي للعثور على الأشخاص: ثلاثة أرقام تكفي.
problem-search-too-long = يستغرق هذا البحث وقتًا طويلًا. أضف إليه كلمة، أو اكتب الكلمات كاملة.

# Search in the open conversation.
find-title = البحث في هذه المحادثة
find-loading = جارٍ البحث…
find-none = لم يُعثر على شيء
find-at =
    { $more ->
        [yes] { $at } من أكثر من { $total }
       *[no] { $at } من { $total }
    }
find-earlier = النتيجة الأقدم (Enter)
find-later = النتيجة الأحدث (Shift+Enter)
find-close = إغلاق البحث في هذه المحادثة

# لوحة الأوامر.
palette-title = انتقال، تنفيذ، بحث
palette-label = مكان أو إجراء أو شخص أو رسالة
palette-placeholder = إلى أين، أو ماذا تريد أن تفعل؟
palette-recent = المستخدمة مؤخرًا
palette-commands = الأماكن والإجراءات
palette-people = الأشخاص
palette-messages = الرسائل
palette-none = لا شيء مطابق. جرّب أحرفًا أخرى.
palette-switch = التبديل إلى { $name }

# ورقة الاختصارات.
keys-title = اختصارات لوحة المفاتيح
keys-everywhere = في كل مكان
keys-inbox = في صندوق الوارد
keys-list = في القائمة، عندما يكون التركيز عليها
keys-thread = في المحادثة، عندما يكون التركيز عليها
keys-writing = أثناء الكتابة
keys-then = ثم
keys-palette = الانتقال إلى أي مكان، وتنفيذ أي شيء، والعثور على أي شخص
keys-search = البحث عن أشخاص ورسائل
keys-sheet = عرض اختصارات لوحة المفاتيح
keys-go-home = الانتقال إلى الرئيسية
keys-go-inbox = الانتقال إلى صندوق الوارد
keys-go-contacts = الانتقال إلى جهات الاتصال
keys-go-settings = الانتقال إلى الإعدادات
keys-go-numbers = الانتقال إلى الأرقام
keys-next = المحادثة التالية
keys-previous = المحادثة السابقة
keys-reply = رد
keys-note = كتابة ملاحظة
keys-resolve = حل أو إعادة فتح
keys-snooze = تأجيل
keys-assign = إسناد
keys-label = تصنيف
keys-assign-me = إسناد إليّ
keys-details = إظهار جهة الاتصال أو إخفاؤها
keys-list-step = المحادثة التالية أو السابقة، دون فتحها
keys-list-page = صفحة إلى الخلف أو إلى الأمام
keys-list-ends = أول محادثة أو آخر محادثة
keys-list-open = فتح المحادثة
keys-thread-step = الرسالة التالية أو السابقة
keys-thread-open = ما يمكن فعله بالرسالة
keys-find = البحث في هذه المحادثة
keys-send = إرسال
keys-break = سطر جديد
keys-leave = مغادرة الحقل

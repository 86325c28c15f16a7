# संपर्क: उनका पैनल और पेज, उनके टैग और फ़ील्ड।
contacts-title = संपर्क
contacts-loading = संपर्क लोड हो रहा है
contacts-none = अभी कोई संपर्क नहीं
contacts-none-text = जो भी आपके नंबर पर लिखता है, वह संपर्क बन जाता है और यहाँ दिखता है।
contacts-news =
    { $count ->
        [one] { $count } नया संपर्क दिखाएँ
       *[other] { $count } नए संपर्क दिखाएँ
    }
contacts-pages = संपर्कों के पेज
contacts-newest = सबसे नए पर जाएँ
contacts-older = पुराने संपर्क
contacts-last = आख़िरी मैसेज
contacts-settings = टैग और फ़ील्ड
contacts-to-list = संपर्कों पर जाएँ

contacts-save = सेव करें
contacts-cancel = रद्द करें
contacts-undo = पहले जैसा करें
contacts-saving = सेव हो रहा है
contacts-saved = सेव हो गया
contacts-name = नाम
contacts-name-hint = जैसा WhatsApp पर है
contacts-rename = नाम बदलें
contacts-whatsapp-name = WhatsApp पर: { $name }

contacts-identities = पहचान
contacts-identity-phone = फ़ोन
contacts-identity-bsuid = WhatsApp यूज़र ID
contacts-identity-parent_bsuid = पोर्टफ़ोलियो की WhatsApp यूज़र ID
contacts-identity-psid = Messenger ID
contacts-identity-igsid = Instagram ID
contacts-copy = कॉपी करें: { $name }
contacts-copy-failed = ब्राउज़र ने इसे कॉपी नहीं किया। इसे चुनकर खुद कॉपी करें।

contacts-tags = टैग
contacts-tags-none = कोई टैग नहीं।
contacts-tags-change = टैग बदलें
contacts-tag-new = नया टैग
contacts-tag-create = बनाएँ
contacts-tag-created = टैग बन गया।
contacts-colour = रंग
contacts-colour-grey = स्लेटी
contacts-colour-red = लाल
contacts-colour-orange = नारंगी
contacts-colour-yellow = पीला
contacts-colour-green = हरा
contacts-colour-teal = फ़िरोज़ी
contacts-colour-blue = नीला
contacts-colour-purple = बैंगनी
contacts-colour-pink = गुलाबी

contacts-fields = फ़ील्ड
contacts-fields-none = अभी कोई फ़ील्ड नहीं।
contacts-fields-define = टैग और फ़ील्ड
contacts-true = हाँ
contacts-false = नहीं
contacts-value-text = सेव नहीं हुआ: 1 से 500 दिखने वाले अक्षर लिखें, या खाली छोड़ दें।
contacts-value-number = सेव नहीं हुआ: हज़ार अलग किए बिना कोई संख्या लिखें, जैसे 1250 या 12.5।
contacts-value-date = सेव नहीं हुआ: कैलेंडर का कोई दिन लिखें।
contacts-value-choice = सेव नहीं हुआ: दिए गए विकल्पों में से एक चुनें।
contacts-value-kind = सेव नहीं हुआ: इस फ़ील्ड में दूसरी तरह की जानकारी रहती है।

contacts-notes = नोट
contacts-notes-none = अभी कोई नोट नहीं।
contacts-notes-more = पुराने नोट
contacts-note-new = नया नोट
contacts-note-hint = यह केवल टीम को दिखता है
contacts-note-save = नोट जोड़ें
contacts-note-edit = नोट बदलें
contacts-note-delete = नोट हटाएँ
contacts-note-deleted = नोट हटा दिया गया।
contacts-note-changed = बदला गया
contacts-note-nobody = कोई पूर्व सदस्य

contacts-conversations = बातचीत
contacts-no-conversations = कोई बातचीत नहीं।
contacts-no-other-conversations = दूसरे चैनलों पर कोई बातचीत नहीं।
contacts-status-open = खुली
contacts-status-pending = पेंडिंग
contacts-status-snoozed = स्नूज़
contacts-status-resolved = हल हुई

contacts-history = इतिहास
contacts-history-more = इससे पहले
contacts-history-by = { $name } द्वारा
contacts-history-first = पहली बार संपर्क हुआ
contacts-history-opened = { $channel } पर पहला मैसेज
contacts-history-assigned = { $channel }: { $name } को असाइन
contacts-history-unassigned = { $channel }: किसी को असाइन नहीं
contacts-history-status = { $channel }: { $status }
contacts-history-status-because = { $channel }: { $status } ({ $reason })
contacts-history-tagged = टैग “{ $tag }” लगाया गया
contacts-history-noted = नोट: { $text }
contacts-history-renamed = नाम “{ $from }” से बदलकर “{ $to }” किया गया

# उनकी सेटिंग।
contacts-settings-view = आपकी भूमिका में आप इन्हें देख सकते हैं, बदल नहीं सकते। भूमिका बदलने के लिए एडमिन से कहें।
contacts-tags-text = टैग से संपर्क छाँटे जाते हैं। जो संपर्क बदल सकता है, वह टैग लगा सकता है और नए बना सकता है।
contacts-tags-no = अभी कोई टैग नहीं।
contacts-fields-text = संपर्कों के बारे में आप जो जानना चाहते हैं। हर संपर्क में ये फ़ील्ड इसी क्रम में होते हैं।
contacts-name-of = { $name } का नाम
contacts-change = { $name } बदलें
contacts-changed = बदलाव सेव हो गया।
contacts-moved = क्रम सेव हो गया।
contacts-field-new = नया फ़ील्ड
contacts-field-create = फ़ील्ड बनाएँ
contacts-field-created = फ़ील्ड बन गया।
contacts-field-up = { $name } को ऊपर ले जाएँ
contacts-field-down = { $name } को नीचे ले जाएँ
contacts-kind = इसमें क्या रहेगा
contacts-kind-text = टेक्स्ट
contacts-kind-number = संख्या
contacts-kind-date = तारीख
contacts-kind-choice = कुछ विकल्पों में से एक
contacts-kind-yes_no = हाँ या नहीं
contacts-choices = विकल्प, हर लाइन में एक
contacts-delete = { $name } हटाएँ
contacts-delete-yes = हमेशा के लिए हटाएँ
contacts-delete-no = रहने दें
contacts-delete-counting = इसे वापस नहीं लाया जा सकता।
contacts-delete-tag =
    { $count ->
        [0] यह टैग किसी संपर्क पर नहीं है। इसे वापस नहीं लाया जा सकता।
        [one] यह टैग { $count } संपर्क पर है और उससे हट जाएगा। इसे वापस नहीं लाया जा सकता।
       *[other] यह टैग { $count } संपर्कों पर है और उनसे हट जाएगा। इसे वापस नहीं लाया जा सकता।
    }
contacts-delete-field =
    { $count ->
        [0] किसी संपर्क के इस फ़ील्ड में कुछ नहीं है। इसे वापस नहीं लाया जा सकता।
        [one] { $count } संपर्क की जानकारी मिट जाएगी। इसे वापस नहीं लाया जा सकता।
       *[other] { $count } संपर्कों की जानकारी मिट जाएगी। इसे वापस नहीं लाया जा सकता।
    }
contacts-deleted = हटा दिया गया।

# क्या गड़बड़ हो सकती है।
problem-contacts-name-taken = इस नाम का एक पहले से है। कुछ नहीं बदला गया।
problem-contacts-too-many-tags = इस वर्कस्पेस में 200 टैग हैं, इससे ज़्यादा नहीं हो सकते।
problem-contacts-too-many-tags-here = इस संपर्क पर 30 टैग हैं, इससे ज़्यादा नहीं हो सकते।
problem-contacts-too-many-fields = इस वर्कस्पेस में 50 फ़ील्ड हैं, इससे ज़्यादा नहीं हो सकते।
problem-contacts-changed-since = आपके खोलने के बाद किसी ने इसे बदल दिया। कुछ नहीं बदला गया; देखने के लिए पेज फिर से लोड करें।
problem-contacts-kind-fixed = फ़ील्ड का प्रकार नहीं बदलता। दूसरी तरह की जानकारी के लिए नया फ़ील्ड बनाएँ।
problem-contacts-value-text = सेव नहीं हुआ: 1 से 500 दिखने वाले अक्षर लिखें, या खाली छोड़ दें।
problem-contacts-value-number = सेव नहीं हुआ: हज़ार अलग किए बिना कोई संख्या लिखें, जैसे 1250 या 12.5।
problem-contacts-value-date = सेव नहीं हुआ: कैलेंडर का कोई दिन लिखें।
problem-contacts-value-choice = सेव नहीं हुआ: दिए गए विकल्पों में से एक चुनें। शायद वे इस बीच बदल गए हैं।
problem-contacts-value-kind = सेव नहीं हुआ: इस फ़ील्ड में दूसरी तरह की जानकारी रहती है।

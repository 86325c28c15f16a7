# इनबॉक्स।
inbox-title = इनबॉक्स
inbox-page-title = इनबॉक्स · Charla
inbox-nameless = अनजान संपर्क
inbox-today = आज
inbox-yesterday = कल
inbox-unread-messages =
    { $count ->
        [one] { $count } न पढ़ा गया मैसेज
       *[other] { $count } न पढ़े गए मैसेज
    }
inbox-loading = बातचीत लोड हो रही हैं
inbox-more = और बातचीत
inbox-more-failed = आगे की बातचीत लोड नहीं हो सकीं। फिर से कोशिश करें।
inbox-none-simulator = सिमुलेटर के फ़ोन से ग्राहक की तरह लिखें: वहाँ मैसेज टाइप करें, वह तुरंत यहाँ दिखेगा।
inbox-open-simulator = सिमुलेटर का फ़ोन खोलें
inbox-offline = कनेक्शन नहीं है। फिर से जोड़ने की कोशिश हो रही है; जो दिख रहा है वह पुराना हो सकता है।
inbox-back = सूची पर वापस

# बातचीत के मैसेज।
thread-title = बातचीत
thread-messages = मैसेज
thread-loading = मैसेज लोड हो रहे हैं
thread-none = कोई बातचीत चुनें
thread-none-text = सूची में से एक चुनें, या पहली के लिए j दबाएँ।
thread-unread = नए मैसेज
thread-earlier = पहले के मैसेज
thread-earlier-failed = पहले के मैसेज लोड नहीं हो सके। फिर से कोशिश करें।
thread-to-end = सबसे नए मैसेज पर जाएँ
thread-missed =
    { $count ->
        [one] { $count } नया मैसेज
       *[other] { $count } नए मैसेज
    }

# मैसेज के प्रकार।
content-text = मैसेज
content-image = फ़ोटो
content-video = वीडियो
content-audio = ऑडियो
content-voice = वॉइस मैसेज
content-document = डॉक्यूमेंट
content-sticker = स्टिकर
content-location = लोकेशन
content-contacts = संपर्क कार्ड
content-reaction = रिएक्शन
content-reaction-removed = रिएक्शन हटाया गया
content-choice = विकल्प
content-form = फ़ॉर्म
content-order = ऑर्डर
content-order-items =
    { $count ->
        [one] { $count } प्रोडक्ट
       *[other] { $count } प्रोडक्ट
    }
content-system = WhatsApp की सूचना
content-edit = एडिट किया गया मैसेज
content-revoked = ग्राहक ने मैसेज हटा दिया
content-unsupported = इस तरह का मैसेज यहाँ नहीं दिखाया जा सकता। इसे फ़ोन पर देखें।

# मैसेज कहाँ तक पहुँचा।
state-queued = भेजे जाने के इंतज़ार में
state-sending = भेजा जा रहा है
state-accepted = WhatsApp ने स्वीकार किया
state-sent = भेजा गया
state-delivered = पहुँच गया
state-read = पढ़ा गया
state-played = चलाया गया
state-failed = नहीं पहुँचा
state-unknown = भेजा गया या नहीं, पता नहीं
state-failed-explained = यह नहीं पहुँचा। फिर से लिखें, या ग्राहक से किसी और तरीके से संपर्क करें।
state-unknown-explained = जवाब खो गया, इसलिए पता नहीं कि यह मैसेज पहुँचा या नहीं। यह अपने-आप दोबारा नहीं भेजा जाएगा; WhatsApp आम तौर पर कुछ मिनट में बता देता है।
author-phone = फ़ोन से

# लिखना।
composer-label = मैसेज
composer-placeholder = मैसेज लिखें
composer-send = भेजें
composer-send-hint = भेजें (Enter); नई लाइन: Shift+Enter
composer-role = आपकी भूमिका में आप बातचीत पढ़ सकते हैं, जवाब नहीं दे सकते। भूमिका बदलने के लिए एडमिन से कहें।
composer-window = WhatsApp ग्राहक के आख़िरी मैसेज के 24 घंटे के अंदर ही बिना टेम्प्लेट वाले मैसेज लेता है। ग्राहक के लिखने पर आप फिर लिख सकेंगे; जो आपने टाइप किया है वह सुरक्षित है।
composer-inactive = यह नंबर बंद है, इसलिए कुछ नहीं भेजा जाता। जो आपने टाइप किया है वह सुरक्षित है; एडमिन नंबर को चालू कर सकता है।
composer-stopped = इस नंबर से फ़िलहाल कुछ नहीं भेजा जा रहा। आप जो लिखेंगे वह रुका रहेगा और बाद में जाएगा।
composer-numbers = नंबरों पर जाएँ
composer-left =
    { $count ->
        [one] { $count } अक्षर बाकी
       *[other] { $count } अक्षर बाकी
    }
composer-over =
    { $count ->
        [one] { $count } अक्षर ज़्यादा
       *[other] { $count } अक्षर ज़्यादा
    }
send-refused = नहीं भेजा गया।
send-refused-window = 24 घंटे का समय खत्म हो गया। ग्राहक तक कुछ नहीं पहुँचा।
send-refused-session = आप लॉग आउट हो गए हैं। लॉग इन करें और फिर से भेजें।
send-refused-forbidden = आपकी भूमिका में ग्राहकों को जवाब नहीं दिया जा सकता।
send-refused-unreachable = सर्वर तक नहीं पहुँचा जा सका। आपका टेक्स्ट सुरक्षित है।
send-refused-throttled = थोड़े समय में बहुत ज़्यादा मैसेज हो गए। आपका टेक्स्ट सुरक्षित है; थोड़ी देर में फिर से भेजें।
send-refused-unanswered = सर्वर ने पुष्टि नहीं की। आपका टेक्स्ट सुरक्षित है; दोबारा भेजने पर भी यह एक ही बार जाएगा।
send-refused-text = मैसेज में 1 से 4,096 अक्षर होते हैं, जिनमें कम से कम एक दिखने वाला हो।
send-retry = फिर से भेजें
send-discard = हटा दें

# संपर्क।
contact-title = संपर्क
contact-show = संपर्क दिखाएँ
contact-hide = संपर्क छिपाएँ
panes-list = सूची की चौड़ाई
panes-contact = संपर्क की चौड़ाई
contact-username = यूज़रनेम
contact-channel = चैनल
contact-since = पहली बार दिखे
contact-wrote = आख़िरी बार लिखा
contact-window = बिना टेम्प्लेट वाले मैसेज इस समय तक
contact-writing = बिना टेम्प्लेट वाले मैसेज
contact-window-closed = जब ग्राहक फिर से लिखे

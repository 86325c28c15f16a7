# जवाब और नोट।
composer-tabs = क्या लिखना है
composer-reply = जवाब
composer-note = नोट
composer-note-label = टीम के लिए नोट
composer-note-placeholder = नोट लिखें; ग्राहक को यह नहीं दिखेगा
composer-note-write = नोट जोड़ें
composer-note-hint = नोट जोड़ें (Enter); नई लाइन: Shift+Enter
composer-no-files = यहाँ से अभी फ़ाइलें नहीं भेजी जा सकतीं। कुछ अटैच नहीं हुआ।
composer-replies = तैयार जवाब
composer-replying = इसका जवाब:
composer-replying-end = इस मैसेज का जवाब न दें
composer-split =
    { $count ->
        [one] { $count } मैसेज में भेजें
       *[other] { $count } मैसेज में भेजें
    }
composer-waiting =
    { $count ->
        [one] { $count } मैसेज भेजे जाने के इंतज़ार में है।
       *[other] { $count } मैसेज भेजे जाने के इंतज़ार में हैं।
    }
composer-waiting-now = अभी कोशिश करें
row-draft = ड्राफ़्ट
send-refused-stale = यह एक दिन से पहले लिखा गया था और तब से कनेक्शन के इंतज़ार में है। अगर अब भी सही है, तो भेजें।
problem-inbox-not-quotable = आप जिस मैसेज का जवाब दे रहे हैं, उसे WhatsApp इस बातचीत में नहीं जानता। कुछ नहीं भेजा गया।

# इमोजी।
emoji-title = इमोजी
emoji-search = इमोजी खोजें
emoji-none = इस नाम का कोई इमोजी नहीं है।
emoji-found = मिले हुए
emoji-recent = हाल में इस्तेमाल किए गए
emoji-people = स्माइली और लोग
emoji-nature = जानवर और प्रकृति
emoji-food = खाना-पीना
emoji-activities = गतिविधियाँ
emoji-travel = यात्रा और जगहें
emoji-objects = चीज़ें
emoji-symbols = चिह्न
emoji-flags = झंडे

# तैयार जवाब।
replies-title = तैयार जवाब
replies-list = सबके लिए जवाब
replies-text = लिखते समय / और शॉर्टकट टाइप करें, टेक्स्ट आ जाएगा।
replies-search = खोजें
replies-new = नया तैयार जवाब
replies-change = बदलें
replies-delete = हटाएँ
replies-none = अभी कोई तैयार जवाब नहीं
replies-none-text = जो जवाब आप बार-बार देते हैं, उसे एक बार लिख लें और कुछ ही अक्षरों से बुलाएँ।
replies-none-view = जब सुपरवाइज़र या एडमिन कुछ जवाब लिख देंगे, तो आप उन्हें कुछ ही अक्षरों से बुला सकेंगे।
replies-nothing-found = किसी तैयार जवाब में ये शब्द नहीं हैं।
replies-shortcut = शॉर्टकट
replies-shortcut-hint = अक्षर, अंक, _ और -। इसे / के बाद टाइप किया जाता है।
replies-shortcut-wrong = 1 से { $most } अक्षर, अंक, _ या - लिखें, बिना खाली जगह के।
replies-body = टेक्स्ट
replies-body-hint = | के बाद जो लिखा है, वह तब इस्तेमाल होता है जब जानकारी मौजूद न हो, जैसे {"{{"}contact.first_name|दोस्त{"}}"} में।
replies-unknown = “{ $name }” नाम का कोई वेरिएबल नहीं है। दिए गए में से कोई चुनें।
replies-variables = जानकारी डालें
replies-variable-contact-name = संपर्क का नाम
replies-variable-contact-first-name = संपर्क का पहला नाम
replies-variable-contact-phone = संपर्क का नंबर
replies-variable-member-name = आपका नाम
replies-variable-workspace-name = वर्कस्पेस
replies-preview = यह कैसा दिखेगा
replies-example-contact = अनीता शर्मा
replies-example-member = मीरा गुप्ता
replies-example-workspace = सनी कैफ़े
replies-save = सेव करें
replies-cancel = रद्द करें
replies-saved = तैयार जवाब सेव हो गया।
replies-deleted = /{ $shortcut } हटा दिया गया।
replies-undo = पहले जैसा करें
problem-canned-reply-shortcut-taken = यह शॉर्टकट किसी और तैयार जवाब का है। कुछ नहीं बदला गया; कोई और चुनें।
problem-canned-reply-changed-since = आपके खोलने के बाद किसी ने यह जवाब बदल दिया। कुछ नहीं बदला गया; उसे देखने के लिए पेज फिर से लोड करें।
problem-canned-reply-too-many = इस वर्कस्पेस में जितने तैयार जवाब हो सकते हैं, उतने हो चुके हैं।

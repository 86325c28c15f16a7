# वर्कस्पेस, सदस्य, आमंत्रण।
workspaces-title = वर्कस्पेस
workspaces-new = नया वर्कस्पेस
workspaces-name = वर्कस्पेस का नाम
workspaces-create = वर्कस्पेस बनाएँ
workspaces-none = अभी कोई वर्कस्पेस नहीं
workspaces-none-text = नीचे एक बनाएँ, या किसी का भेजा आमंत्रण लिंक खोलें।
workspace-none-text = यह वर्कस्पेस नहीं है, या आप इसके सदस्य नहीं हैं।

members-title = सदस्य
members-list = यहाँ कौन-कौन है
members-since = शामिल हुए:

invites-title = किसी को आमंत्रित करें
invites-text =
    { $hours ->
        [one] लिंक एक बार और { $hours } घंटे तक काम करता है। इसे खुद भेजें, जिस तरीके पर आपको भरोसा हो।
       *[other] लिंक एक बार और { $hours } घंटे तक काम करता है। इसे खुद भेजें, जिस तरीके पर आपको भरोसा हो।
    }
invites-role = उनकी भूमिका
invites-create = आमंत्रण लिंक बनाएँ
invites-link = आमंत्रण लिंक
invites-once = यह केवल अभी दिखेगा। जो इसे पहले खोलेगा, वही शामिल होगा।
invites-none = कोई खुला आमंत्रण नहीं।
invites-by = { $name } की ओर से
invites-until = समाप्ति:
invites-revoke = रद्द करें
problem-invite-too-many = इस वर्कस्पेस में 200 खुले निमंत्रण हैं, इससे ज़्यादा नहीं हो सकते। जिनकी ज़रूरत नहीं, उन्हें रद्द करें।

invite-title = आपको आमंत्रण मिला है
invite-lead = { $name } ने आपको “{ $workspace }” में { $role } के तौर पर आमंत्रित किया है।
invite-accept = वर्कस्पेस में शामिल हों
invite-have-account = मेरा खाता पहले से है
invite-gone = यह आमंत्रण अब मान्य नहीं है
invite-gone-text = इसका समय खत्म हो गया, यह इस्तेमाल हो चुका या रद्द कर दिया गया। भेजने वाले से नया लिंक माँगें।

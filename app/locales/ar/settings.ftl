# مساحات العمل والأعضاء والدعوات.
workspaces-title = مساحات العمل
workspaces-new = مساحة عمل جديدة
workspaces-name = اسم مساحة العمل
workspaces-create = إنشاء مساحة عمل
workspaces-none = لا توجد مساحات عمل بعد
workspaces-none-text = أنشئ واحدة أدناه، أو افتح رابط الدعوة الذي أُرسل إليك.
workspace-none-text = مساحة العمل هذه غير موجودة، أو لست عضوًا فيها.

members-title = الأعضاء
members-list = من هنا
members-since = منذ

invites-title = دعوة شخص
invites-text =
    { $hours ->
        [zero] يعمل الرابط مرة واحدة ولأقل من ساعة. أرسله بنفسك، بأي وسيلة تثق بها.
        [one] يعمل الرابط مرة واحدة ولمدة ساعة واحدة. أرسله بنفسك، بأي وسيلة تثق بها.
        [two] يعمل الرابط مرة واحدة ولمدة ساعتين. أرسله بنفسك، بأي وسيلة تثق بها.
        [few] يعمل الرابط مرة واحدة ولمدة { $hours } ساعات. أرسله بنفسك، بأي وسيلة تثق بها.
        [many] يعمل الرابط مرة واحدة ولمدة { $hours } ساعة. أرسله بنفسك، بأي وسيلة تثق بها.
       *[other] يعمل الرابط مرة واحدة ولمدة { $hours } ساعة. أرسله بنفسك، بأي وسيلة تثق بها.
    }
invites-role = الدور
invites-create = إنشاء رابط دعوة
invites-link = رابط الدعوة
invites-once = لا يظهر إلا الآن. ينضم به أول من يفتحه.
invites-none = لا توجد دعوات مفتوحة.
invites-by = من { $name }
invites-until = صالحة حتى
invites-revoke = إلغاء الدعوة
problem-invite-too-many = في مساحة العمل هذه 200 دعوة مفتوحة، وهو الحد الأقصى. ألغِ ما لا حاجة إليه منها.

invite-title = لديك دعوة
invite-lead = دعوة من { $name } إلى «{ $workspace }» بدور { $role }.
invite-accept = الانضمام إلى مساحة العمل
invite-have-account = لدي حساب بالفعل
invite-gone = لم تعد هذه الدعوة صالحة
invite-gone-text = انتهت صلاحيتها أو استُخدمت أو أُلغيت. اطلب رابطًا جديدًا ممن أرسلها.

### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = This plan says how you integrate. You made it together with your klantmanager.
plan-agreed = What you agreed
plan-change = Does something change in your life? Tell your klantmanager. Then you change the plan together.
plan-check = Check this date at the source.
plan-dates = Important dates
plan-disagree = Do you disagree with this plan? First call your klantmanager. You can also object at the municipality.
plan-fixed = The municipality fixed this plan on { $day }.
plan-next = What you need to know
plan-notice-draft = This is a draft. The plan does not apply yet.
plan-notice-discussed = You discussed this plan. It does not apply yet.
plan-notice-fixed = This plan applies. Keep it safe.
plan-notice-revised = This plan does not apply any more. There is a new plan.
plan-objection = You can object until { $day }.
plan-sign-klantmanager = Klantmanager: date and signature
plan-sign-person = Your date and signature
plan-term = You complete your integration on or before { $day }.
plan-term-begins = Your time to integrate begins on { $day }.
plan-title = Personal plan for integration and participation (PIP)
plan-written = What your klantmanager wrote is in Dutch. Ask if you do not understand something.

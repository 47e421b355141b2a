/// What both programs say of a call they cannot understand.
extension Phrase {
    package static let usageSeeHelp = Phrase(
        "用法請看 `{command}`", "see `{command}`")
    package static let usageUnknownOption = Phrase(
        "沒有 {first} 這個選項", "There is no option {first}")
    package static let usageUnknownDidYouMean = Phrase(
        "沒有 {first} 這個選項；是不是 {second}？", "There is no option {first}; did you mean {second}?")
    package static let usageMissingArgument = Phrase("缺少 {first}", "{first} is missing")
    package static let usageMissingOneOf = Phrase(
        "這幾個要有一個：'{first}'", "One of these is missing: '{first}'")
    package static let usageMissingValue = Phrase("{first} 缺少內容", "{first} needs a value")
    package static let usageUnexpected = Phrase("多出來的：'{first}'", "Not understood: '{first}'")
    package static let usageTakesNoValue = Phrase(
        "{first} 後面不接內容，卻寫了「{second}」", "{first} takes no value, but got “{second}”")
    package static let usageBadValue = Phrase(
        "{second} 不能是「{first}」", "{second} does not take “{first}”")
    package static let usageBadValueOneOf = Phrase(
        "{second} 不能是「{first}」，可用：{third}", "{second} does not take “{first}”, but one of {third}")
    package static let usageMissingCommand = Phrase("少了指令", "A command is missing")

    package static let usageLanguage = Phrase(
        "--lang 只能是 zh-Hant 或 en，不能是「{found}」", "--lang takes zh-Hant or en, not “{found}”")
    package static let usageDate = Phrase(
        "--date 要像 2026-11-22 或 115/11/22，不能是「{found}」",
        "--date takes a day such as 2026-11-22 or 115/11/22, not “{found}”")
    package static let usageTime = Phrase(
        "--at 要像 13:30，不能是「{found}」", "--at takes a time such as 13:30, not “{found}”")
    package static let usageDigits = Phrase(
        "{option} 要 {count} 個十六進位數字", "{option} takes {count} hexadecimal digits")
    package static let usageBytes = Phrase(
        "{option} 要 1 到 128 個位元組", "{option} must be 1 to 128 bytes")
    package static let usageNumber = Phrase(
        "{option} 要 {least} 到 {most}，不能是 {found}", "{option} takes {least} to {most}, not {found}")
    package static let usageOneOf = Phrase(
        "{options} 一次只能用一個", "One of {options} at a time")
    package static let usageNeedsOne = Phrase(
        "請寫 {options} 其中一個", "Name one of {options}")
    package static let usageTwice = Phrase("{found} 寫了兩次", "{found} stands there twice")
    package static let usageReviewDigits = Phrase(
        "待審的編號至少寫前 {count} 碼", "Name a review by {count} digits or more")
    package static let usageNeeds = Phrase("請寫 {options}", "Name {options}")
    package static let usageGoesWith = Phrase(
        "{option} 要和 {with} 一起用", "{option} goes with {with}")
    package static let usageWords = Phrase(
        "{option} 只能是 {words}，不能是「{found}」", "{option} takes {words}, not “{found}”")
    package static let usageAddress = Phrase(
        "「{found}」不是總部的網址；要像 https://hub.example.tw",
        "“{found}” is not an address of a hub, such as https://hub.example.tw")
    package static let usageInsecure = Phrase(
        "{found} 沒有加密；除了本機，只能用 https", "{found} is not encrypted; use https for any other machine")
    package static let usageProductCount = Phrase(
        "{option} 要像 20kg=2，不能是「{found}」；產品有 {products}",
        "{option} takes product=count, such as 20kg=2, not “{found}”; products: {products}")
    package static let usageProductTwice = Phrase(
        "{option}：同一種寫了兩次", "{option}: a product is named twice")
    package static let usageKilograms = Phrase(
        "{option} 要公斤，例如 1.25", "{option} takes kilograms such as 1.25")
    package static let usageStop = Phrase(
        "請指明哪一站：順序、站名或編號", "name the stop: its number, code or id")
    package static let usageMoneyTooLarge = Phrase(
        "{option} 的金額太大：{found}", "the amount of {option} is too large: {found}")
    package static let usageMoney = Phrase(
        "{option} 要新台幣整數，例如 1900，不能是「{found}」",
        "{option} takes whole NT$ such as 1900, not “{found}”")
    package static let usageRouteFields = Phrase(
        "--vehicle、--capacity-kg 只能用在 --route，--route 也只能改這兩項",
        "--vehicle and --capacity-kg belong to a --route, and of a route only they can be set")
    package static let usageHubOrFile = Phrase(
        "請用 --hub 網址 或 --db 檔案，二選一", "Name either --hub URL or --db FILE")
}

/// What `lucky simulate` says.
extension Phrase {
    package static let swarmSeed = Phrase(
        "種子 {seed}：{changesets} 筆，{faults} 次故障，{violations} 項不符",
        "seed {seed}: changesets {changesets}, faults {faults}, violations {violations}")
    package static let swarmViolation = Phrase(
        "✗ 種子 {seed}，{checker}：{text}", "✗ seed {seed}, {checker}: {text}")
    package static let swarmMismatch = Phrase(
        "✗ 種子 {seed}：第二次執行的結果不同", "✗ seed {seed}: the second run came to something else")
    package static let swarmReplay = Phrase("重播：{command}", "Replay: {command}")
    package static let swarmSummary = Phrase(
        "{days} 個司機日，{sets} 筆，{faults} 次故障，{wrong} 項不符，{stalls} 台卡住",
        "{days} driver-days, {sets} changesets, {faults} faults, {wrong} wrong, {stalls} stuck")
    package static let swarmFailed = Phrase(
        "有 {count} 項不符", "what did not hold: {count}")
    package static let swarmCanaries = Phrase(
        "有 {count} 個種子少了一筆，都發現了", "seeds in which the lost record was noticed: {count}")
    package static let swarmClean = Phrase(
        "種子 {seed} 沒有不符之處", "nothing fails with seed {seed}")
    package static let swarmShort = Phrase(
        "{drawn} 步中 {kept} 步就夠（執行 {runs} 次）：",
        "{kept} of {drawn} steps are enough (runs: {runs}):")
    package static let swarmBounds = Phrase(
        "--drivers 要 1 到 16，--days 要 1 到 60，--seeds 要 1 以上的數字",
        "--drivers takes 1 to 16, --days 1 to 60, --seeds a number from 1")
}

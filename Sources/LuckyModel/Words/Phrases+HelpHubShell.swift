/// What `lucky-hub --help` says of what it gives to shells and to `man`.
extension Phrase {
    package static let helpHubCompletionsMore = Phrase(
        "bash: lucky-hub completions bash > ~/.local/share/bash-completion/completions/lucky-hub\nzsh:  lucky-hub completions zsh > $fpath 的一個資料夾，檔名 _lucky-hub\nfish: lucky-hub completions fish > ~/.config/fish/completions/lucky-hub.fish",
        "bash: lucky-hub completions bash > ~/.local/share/bash-completion/completions/lucky-hub\nzsh:  lucky-hub completions zsh > a folder of $fpath, as _lucky-hub\nfish: lucky-hub completions fish > ~/.config/fish/completions/lucky-hub.fish"
    )
    package static let helpHubManualMore = Phrase(
        "lucky-hub manual > ~/.local/share/man/man1/lucky-hub.1；然後：man lucky-hub",
        "lucky-hub manual > ~/.local/share/man/man1/lucky-hub.1; then: man lucky-hub")
}

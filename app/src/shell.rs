//! The document around every page.

use leptos::prelude::*;

/// Names of the page's files, as the build gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The script that loads the program.
    pub script: String,
    /// The program.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
}

/// Which page a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Logging in.
    Login,
    /// A team's page.
    Play,
    /// The list of games.
    Control,
    /// The quizmaster's desk.
    Desk,
    /// The big screen.
    Screen,
    /// The quizmaster's library.
    Library,
}

impl Page {
    fn title(self) -> &'static str {
        match self {
            Self::Login => "Quizwire",
            Self::Play => "Play · Quizwire",
            Self::Control => "Control · Quizwire",
            Self::Desk => "Desk · Quizwire",
            Self::Screen => "Screen · Quizwire",
            Self::Library => "Quizzes · Quizwire",
        }
    }

    /// Whether the browser takes it over; the others are plain forms.
    fn is_live(self) -> bool {
        matches!(self, Self::Play | Self::Desk | Self::Screen)
    }
}

/// The document.
#[component]
pub fn Shell(page: Page, assets: Assets, nonce: String, children: Children) -> impl IntoView {
    let Assets { script, wasm, style } = assets;
    let start =
        format!("import({script:?}).then(m => m.default({{ module_or_path: {wasm:?} }}).then(() => m.begin()))");
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{page.title()}</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/atkinson-hyperlegible-next.woff2" r#as="font" type="font/woff2" crossorigin="anonymous" />
                <link rel="stylesheet" href=style />
                // What teams never see is a style sheet of its own, which they never load.
                {(page == Page::Library).then(|| view! { <link rel="stylesheet" href="/library.css" /> })}
                {page.is_live().then(|| view! {
                    <link rel="modulepreload" href=script />
                    <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
                    <script type="module" nonce=nonce inner_html=start></script>
                })}
            </head>
            <body>{children()}</body>
        </html>
    }
}

namespace Carillon.Server.PreferencePage;

/// <summary>How the page looks, in light and dark. Every colour stands out from its ground by at least 4.5 to 1.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root { --ink: #1c1f24; --soft: #565d68; --ground: #f5f6f8; --card: #fff; --line: #d3d7de; --accent: #1d4fd7; --on-accent: #fff; --good: #14663a; --note: #7a4a00; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eceef1; --soft: #aab1bd; --ground: #14161a; --card: #1e2126; --line: #3a3f48; --accent: #9db8ff; --on-accent: #10204d; --good: #7fd6a2; --note: #f0c27a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 1rem 0 0.25rem; }
        h2 { font-size: 1.15rem; margin: 1.75rem 0 0.75rem; }
        .from, fieldset p { color: var(--soft); margin: 0 0 0.5rem; }
        .saved { color: var(--good); font-weight: 600; }
        .notice { color: var(--note); }
        fieldset { margin: 0 0 0.75rem; padding: 0.5rem 1rem 0.75rem; border: 1px solid var(--line); border-radius: 0.6rem; background: var(--card); min-width: 0; }
        legend { float: left; width: 100%; padding: 0.35rem 0; font-weight: 600; }
        legend + * { clear: both; }
        .channels { display: flex; flex-wrap: wrap; column-gap: 1.5rem; }
        label { display: inline-flex; align-items: center; gap: 0.6rem; min-height: 2.75rem; cursor: pointer; }
        input[type=checkbox] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); }
        button { position: sticky; bottom: 1rem; width: 100%; min-height: 3rem; margin-top: 1rem; border: 0; border-radius: 0.6rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
        input:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
        """;
}

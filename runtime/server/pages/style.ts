/** The pages' one style sheet, in light and dark. Colours keep a contrast of 4.5:1 or more (WCAG 2.2 §1.4.3). */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #57606a; --line: #d0d7de; --surface: #fff; --page: #f6f8fa;
  --accent: #0b57d0; --on-accent: #fff; --bad: #b3261e; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --muted: #9aa4af; --line: #30363d; --surface: #161b22;
  --page: #0d1117; --accent: #79b0ff; --on-accent: #0d1117; --bad: #ff8a80; --good: #56d364; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.5rem;
  background: var(--surface); border-bottom: 1px solid var(--line); }
header strong { font-size: 1.1rem; margin-right: auto; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.5rem; }
main.narrow { max-width: 30rem; padding-top: 10vh; }
section, .card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.5rem;
  margin-bottom: 1.5rem; overflow-x: auto; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; color: var(--muted); font-weight: 600; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input { width: 100%; padding: .5rem .6rem; margin-bottom: 1rem; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--muted); border-radius: 6px; }
button, .button { display: inline-block; padding: .5rem 1.1rem; font: inherit; font-weight: 600; color: var(--on-accent);
  background: var(--accent); border: 1px solid var(--accent); border-radius: 6px; cursor: pointer; text-decoration: none; }
button.quiet, .button.quiet { color: var(--accent); background: transparent; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font: .9em/1.4 ui-monospace, monospace; }
.muted { color: var(--muted); }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
[role=alert] { border-left: 4px solid var(--bad); padding-left: .75rem; margin-bottom: 1rem; }
form.inline { display: inline; margin: 0; }
`;

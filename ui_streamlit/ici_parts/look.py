"""The looks that only the ICI page has, on top of theme.css: session bars, tabs, the limit, items."""

LOOK = """<style>
.stHtml ul.ici-bar{display:flex;flex-wrap:wrap;gap:.4rem .5rem;margin:0;padding:0;list-style:none}
.stHtml .ici-bar li{margin:0;padding:0}
nav+nav>.ici-bar{margin-top:.5rem!important}
.ici-bar a{display:inline-block;padding:.42rem .8rem;border:1px solid var(--rl-line);border-radius:4px;
 background:var(--rl-card);text-decoration:none;line-height:1.3;font-size:.95rem}
.ici-bar a small{color:var(--rl-muted);font-size:.85rem}
.ici-bar a:hover{border-color:var(--rl-brand)}
.ici-bar a[aria-current]{background:var(--rl-info-bg);border-color:var(--rl-brand);font-weight:600}
.ici-past{font-size:.93rem;margin-top:.4rem}
.ici-past summary{cursor:pointer;color:var(--rl-brand);font-weight:600;width:fit-content}
.stHtml .ici-past ul.ici-bar{margin-top:.5rem}
.ici-tabs{display:flex;flex-wrap:wrap;gap:0 .35rem;border-bottom:1px solid var(--rl-line);
 margin-top:.5rem}
.ici-tabs a{padding:.6rem .9rem;text-decoration:none;border-bottom:3px solid transparent;
 margin-bottom:-1px;color:var(--rl-muted);font-weight:500}
.ici-tabs a:hover{color:var(--rl-brand)}
.ici-tabs a[aria-current]{border-color:var(--rl-brand);color:var(--rl-brand);font-weight:600}
.ici-limit{display:grid;grid-template-columns:1fr auto;gap:.2rem 1.5rem;align-items:end;
 padding:0 1.5rem 1.2rem}
.stHtml .ici-limit p{margin:0}
.stHtml .ici-limit-what{grid-column:1/-1;color:var(--rl-muted);font-size:.95rem}
.stHtml .ici-limit-when{font:600 1.75rem/1.25 var(--rl-serif);color:var(--rl-ink);text-wrap:balance}
.ici-limit-passed .ici-limit-when{color:var(--rl-muted)}
.ici-limit .rl-count{font-size:1.05rem;padding:.25rem .7rem;border-radius:3px;
 background:var(--rl-neutral-bg)}
.ici-limit-soon .rl-count{background:var(--rl-warning-bg);color:var(--rl-warning)}
.stHtml .ici-limit-note{grid-column:1/-1;color:var(--rl-muted);font-size:.9rem}
.ici-item{background:var(--rl-card);border:1px solid var(--rl-line);border-left:4px solid #8b9aa1;
 border-radius:4px;padding:.9rem 1.1rem 1rem}
.ici-item.rl-edge-warning{border-left-color:#c9772b}.ici-item.rl-edge-danger{border-left-color:#b3261e}
.ici-item.rl-edge-success{border-left-color:#1f7a4d}
 .ici-item.rl-edge-info{border-left-color:var(--rl-brand)}
.ici-item{container-type:inline-size}
@container (max-width:27rem){.stHtml article.ici-item dl{grid-template-columns:1fr;gap:0}
 .ici-item dt{margin-top:.45rem}}
.ici-item .rl-badges{margin:.45rem 0 .1rem}
.stHtml .ici-item h3{font:600 1.12rem/1.35 var(--rl-serif);margin:0;padding:0}
.stHtml .ici-item p{margin:.25rem 0 0}
.stHtml .ici-item dl{margin:.55rem 0 0;padding:0;display:grid;
 grid-template-columns:minmax(7rem,10.5rem) 1fr;gap:.3rem 1rem}
.ici-item dt{color:var(--rl-muted)}.ici-item dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.ici-cases{display:flex;flex-wrap:wrap;gap:.15rem .9rem}
.stHtml ul.ici-lines{margin:0;padding:0;list-style:none}
.stHtml .ici-lines li{margin:0;padding:0;white-space:normal}.stHtml .ici-lines li+li{margin-top:.45rem}
.ici-lines .rl-badges{display:inline-flex;margin:0 0 0 .35rem!important;vertical-align:middle}
.ici-why dd+dt{margin-top:.5rem}
.ici-code{font:500 .9rem/1.4 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
.ici-gauge{height:.7rem;border-radius:4px;background:var(--rl-neutral-bg);overflow:hidden;
 margin:.35rem 0}
.ici-gauge i{display:block;height:100%;background:var(--rl-brand)}
.ici-gauge.over i{background:#b3261e}
.ici-walk{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1rem;align-items:center}
.ici-walk a,.ici-walk span.ici-off{padding:.45rem .9rem;border:1px solid #8b8778;border-radius:4px;
 background:var(--rl-card);text-decoration:none;font-weight:600}
.ici-walk span.ici-off{color:var(--rl-muted);border-color:var(--rl-line);font-weight:400}
.stHtml .ici-room{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem 1.2rem}
.stHtml .ici-room .rl-eyebrow{flex-basis:100%;margin:0}
.stHtml .ici-room h1{font:600 1.5rem/1.25 var(--rl-serif);margin:0;padding:0}
.stHtml .ici-small-limit{margin:0;padding:0 1.5rem 1rem;color:var(--rl-muted)}
.stHtml .ici-present,.stHtml .ici-line{margin:0}
.ici-line{min-width:14rem}
.stHtml ul.ici-called{columns:2 16rem;margin:.4rem 0 0;padding-left:1.1rem}
@media (max-width:640px){
 .stHtml .ici-small-limit{padding:0 1rem 1rem}
 .ici-limit{grid-template-columns:1fr;padding:0 1rem 1rem}.stHtml .ici-limit-when{font-size:1.4rem}
 .stHtml .ici-item dl{grid-template-columns:1fr;gap:0 0}.ici-item dt{margin-top:.4rem}
 .ici-tabs a{padding:.5rem .55rem;font-size:.95rem}
}
</style>"""

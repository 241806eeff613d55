"""The look of what only these pages draw: buildings and indicators, in the colours of `theme.css`."""

from markupsafe import Markup

STYLE = Markup(
    """<style>
.rl-cards{display:grid;gap:.75rem}
.rl-building{background:var(--rl-card);border:1px solid var(--rl-line);border-radius:4px;
 padding:1.1rem 1.25rem 1rem}
.rl-building-top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1.5rem;
 align-items:flex-start}
.stHtml .rl-building h3{font:600 1.15rem/1.3 var(--rl-serif);padding:0;margin:0}
.rl-building-when{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center;justify-content:flex-end}
.rl-bar{display:flex;height:.7rem;border-radius:3px;overflow:hidden;background:var(--rl-neutral-bg);
 margin:.9rem 0 .35rem;gap:2px}
.rl-bar span{display:block;min-width:3px}
.rl-bar-way{background:#0f4c6b}.rl-bar-none{background:#c9772b}.rl-bar-done{background:#4f8a63}
.rl-bar-apart{background:#8a6fb0}.rl-bar-lost{background:#b3524a}
.stHtml .rl-legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.875rem;color:var(--rl-muted)}
.rl-legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-right:.35rem}
.stHtml dl.rl-counts{margin:.8rem 0 0;padding:.75rem 0 0;border-top:1px solid var(--rl-hair);display:grid;
 grid-template-columns:repeat(6,1fr);gap:.6rem 1rem}
.rl-counts dt{font-size:.875rem;color:var(--rl-muted);font-weight:400;line-height:1.3}
.rl-counts dd{margin:0;font:600 1.2rem/1.3 var(--rl-serif);font-variant-numeric:tabular-nums}
.stHtml .rl-pace{margin-top:.7rem;font-size:.95rem}
.rl-indicator{background:var(--rl-card);border:1px solid var(--rl-line);border-radius:4px;
 padding:1.1rem 1.25rem;
 display:grid;grid-template-columns:8.5rem 1fr auto;gap:.25rem 1.5rem;align-items:start}
.rl-indicator-figure{border-right:1px solid var(--rl-hair);align-self:stretch;padding-right:1rem}
.rl-indicator-figure b{display:block;font:600 1.95rem/1.15 var(--rl-serif);
 font-variant-numeric:tabular-nums;white-space:nowrap}
.rl-indicator-figure .rl-word b,.rl-indicator-figure b.rl-word{font-size:1.25rem;padding-top:.35rem;
 white-space:normal}
.rl-indicator-figure span{font-size:.875rem;color:var(--rl-muted)}
.stHtml .rl-indicator h3{font:600 1.1rem/1.3 "Public Sans",sans-serif;padding:0;margin:0}
.stHtml .rl-indicator h3 a{color:var(--rl-ink);text-decoration-color:#8b9aa1}
.stHtml .rl-indicator p{margin-top:.25rem}
.stHtml .rl-goal{font-size:.95rem}
.rl-indicator .rl-badges{justify-content:flex-end;max-width:11rem}
.rl-indicator .rl-why{margin-top:.35rem}
.stHtml .rl-theme{font:600 1.35rem/1.3 var(--rl-serif);padding:0;margin:.75rem 0 .75rem}
.stHtml .rl-back{margin:0}
.rl-answers{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.75rem;
 margin-bottom:.6rem}
.rl-answers article{background:var(--rl-card);border:1px solid var(--rl-line);border-radius:4px;
 padding:.9rem 1.1rem 1rem}
.stHtml .rl-answers h3{font:600 1.05rem/1.3 "Public Sans",sans-serif;padding:0;margin:0}
.stHtml .rl-answers dl{margin:.5rem 0 0;padding:0}
.rl-answers dl>div{display:grid;grid-template-columns:1fr auto;gap:.1rem .75rem;padding:.25rem 0}
.rl-answers dt{font-weight:400}
.rl-answers dd{margin:0;font-variant-numeric:tabular-nums;font-weight:500}
.rl-answer-bar{grid-column:1/-1;height:.4rem;border-radius:2px;background:var(--rl-neutral-bg);overflow:hidden}
.rl-answer-bar i{display:block;height:100%;background:#0f4c6b}
.rl-wrap .rl-table tbody th{white-space:normal;max-width:34rem}
@media (max-width:640px){
 .stHtml dl.rl-counts{grid-template-columns:repeat(2,1fr)}
 .rl-building-when{justify-content:flex-start}
 .rl-indicator{grid-template-columns:1fr}
 .rl-indicator-figure{border:0;padding:0}
 .rl-indicator .rl-badges{justify-content:flex-start;max-width:none;margin-top:.4rem}
}
</style>"""
)

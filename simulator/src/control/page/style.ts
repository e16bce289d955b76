/** Light and dark as the reader's system has it; no font or picture from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;font:14px/1.4 system-ui,sans-serif}
body{max-width:1400px;margin:0 auto;padding:1rem}
header,.bar{display:flex;gap:.8rem;align-items:baseline;flex-wrap:wrap}
h1{font-size:1.3rem;margin:0}h2{font-size:1rem;margin:1.4rem 0 .4rem}.bar h2{margin-right:.4rem}
h3{font-size:.85rem;margin:.2rem 0;opacity:.7}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.2rem .5rem;border-bottom:1px solid #8884;vertical-align:top}
th{font-weight:600;opacity:.7}td.number{text-align:right;font-variant-numeric:tabular-nums}
.whole{white-space:nowrap}code,.mono,pre,textarea{font:12.5px/1.4 ui-monospace,monospace}
.break{overflow-wrap:anywhere}
.wide{overflow-x:auto}.on{color:#18794e}.off,.bad{color:#c62a2f}.rebooting,.warn{color:#ad5700}
@media(prefers-color-scheme:dark){.on{color:#4cc38a}.off,.bad{color:#ff8589}.rebooting,.warn{color:#ffb254}}
button,select,input,textarea{font-size:inherit;padding:.1rem .45rem}.quiet{opacity:.65}
button.link{border:0;background:none;padding:0;color:inherit;cursor:pointer;text-decoration:underline dotted;font:inherit}
#journal tr.entry{cursor:pointer}#journal tr.entry:hover,#journal tr.entry:focus-visible{background:#8882}
td.detail{background:#8881;padding:.6rem .8rem}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:.8rem}
pre{margin:0;max-height:22rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;background:#8881;padding:.4rem}
textarea{width:100%;box-sizing:border-box;min-height:6rem}
`;

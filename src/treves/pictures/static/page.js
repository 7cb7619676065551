// Draws every picture from its specification, in the colours of the page, and again when its width or the theme changes.
"use strict";
(() => {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const places = [...document.querySelectorAll("[data-figure]")];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const config = () => {
    const [ink, soft, line, accent] = ["--ink", "--soft", "--line", "--accent"].map(colour);
    const font = getComputedStyle(document.body).fontFamily;
    return {
      background: "transparent",
      font,
      axis: { labelColor: ink, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12,
              titleFontSize: 12, titleFontWeight: "normal", labelLimit: 190 },
      header: { labelColor: ink, titleColor: soft, labelFontSize: 13, labelFontWeight: "bold" },
      legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, orient: "bottom" },
      title: { color: ink, fontSize: 13, anchor: "start" },
      text: { color: ink, fontSize: 12 },
      view: { stroke: line },
      mark: { color: accent },
      bar: { color: accent }, point: { color: accent }, line: { color: accent }, rule: { color: accent },
      area: { color: accent }, tick: { color: accent },
      range: { category: [accent, "#b3592d", "#4f7f3f", "#8a5a9e", "#a0862a", "#3d8a91", "#a34561", "#707070"] },
    };
  };

  const draw = () => {
    for (const place of places) {
      const spec = { ...specs[place.dataset.figure], config: config() };
      const width = Math.max(place.clientWidth - 8, 200);
      const scaled = JSON.parse(JSON.stringify(spec), (key, value) =>
        key === "width" && typeof value === "number" && value < 0 ? Math.max(width + value, 120) : value);
      const compiled = vegaLite.compile(scaled).spec;
      const view = new vega.View(vega.parse(compiled, null, { ast: true }),
        { expr: vega.expressionInterpreter, renderer: "svg", hover: true, logLevel: vega.Error });
      place.replaceChildren();
      view.initialize(place).runAsync().then(() => { place.dataset.drawn = "yes"; });
    }
  };

  let width = 0;
  const redraw = () => {
    if (document.body.clientWidth !== width) { width = document.body.clientWidth; draw(); }
  };
  redraw();
  window.addEventListener("resize", redraw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();

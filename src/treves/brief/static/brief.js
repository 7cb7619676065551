// The brief's behaviour: the panel that answers "why?", the filters, the keys. The page can be read without it.
(function () {
  "use strict";
  const root = document.documentElement;
  const id = (name) => document.getElementById(name);
  const data = JSON.parse(id("data").textContent);
  const say = (key, values) =>
    data.s[key].replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const narrow = window.matchMedia("(max-width: 44rem)");

  function stored(key, value) {
    // A page opened from a file may have no storage: a choice then lasts as long as the page.
    try {
      if (value === undefined) return localStorage.getItem("treves." + key);
      localStorage.setItem("treves." + key, value);
    } catch (error) {
      return null;
    }
    return value;
  }

  // Light, dark, or as the system.
  const themes = ["auto", "light", "dark"];
  let theme = themes.includes(stored("theme")) ? stored("theme") : "auto";
  function paint() {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    id("theme").textContent = say("page.theme_" + theme);
  }
  id("theme").addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    stored("theme", theme);
    paint();
  });
  paint();

  // The panel.
  const panel = id("why");
  let opener = null;
  let current = null; // the item that j and k move on from
  let shown = "";

  function fillRows(list, rows) {
    list.replaceChildren();
    for (const [key, value] of rows || []) {
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      const isolated = document.createElement("bdi");
      term.textContent = data.rows[key] || key;
      isolated.textContent = value;
      text.append(isolated);
      list.append(term, text);
    }
  }

  function passage(entry) {
    const item = id("passage").content.cloneNode(true).firstElementChild;
    const find = (selector) => item.querySelector(selector);
    const report = data.d[entry.d];
    find(".src-outlet").textContent = (report && report.o) || say("said.no_outlet");
    find(".src-when").textContent = report ? ", " + say("why.published", { moment: report.p }) : "";
    find(".src-title bdi").textContent = report ? report.t : "";
    if (report) find("blockquote").lang = report.l;
    find(".before").textContent = entry.b;
    find("mark").textContent = entry.x;
    find(".after").textContent = entry.a;
    if (entry.lost) {
      find(".lost").textContent = say("why.lost");
      find(".lost").hidden = false;
    }
    fillRows(find("dl"), entry.r);
    const link = find(".in-full");
    if (entry.h) {
      link.href = "#" + entry.h;
      link.textContent = say("why.in_full");
      item.dataset.at = entry.h;
    } else {
      link.parentElement.remove();
    }
    return item;
  }

  function open(target, from, options) {
    if (!has(data.why, target)) return false;
    const entry = data.why[target];
    const count = entry.i.length;
    shown = target;
    opener = from || opener;
    const item = from && from.closest("[data-item]");
    if (item) current = item;
    id("why-what").textContent = entry.t;
    id("why-list").replaceChildren(...entry.i.map(passage));
    id("why-count").textContent =
      count === 0 ? say("why.no_passage") : count === 1 ? say("why.one_passage") : say("why.passages", { n: count });
    id("why-more").textContent = entry.more || "";
    fillRows(id("why-rows"), entry.r);
    id("why-link").href = "#" + target;
    id("why-link").textContent = "#" + target;
    if (!panel.open) narrow.matches ? panel.showModal() : panel.show();
    document.body.classList.add("with-why");
    panel.scrollTop = 0;
    const wanted = options && options.at && id("why-list").querySelector('[data-at="' + CSS.escape(options.at) + '"]');
    if (wanted) wanted.scrollIntoView({ block: "start" });
    if (options && options.stay && from && !narrow.matches) from.focus({ preventScroll: true });
    else id("why-title").focus({ preventScroll: true });
    setHash(target);
    return true;
  }

  function close() {
    if (panel.open) panel.close();
  }
  panel.addEventListener("close", () => {
    document.body.classList.remove("with-why");
    shown = "";
    setHash("");
    if (opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
  });

  function setHash(target) {
    try {
      history.replaceState(null, "", target ? "#" + target : location.pathname + location.search);
    } catch (error) {
      // Some viewers forbid it; the panel still shows the permanent link.
    }
  }
  id("why-close").addEventListener("click", close);

  // Reports in full are folded; a link into one unfolds it and lights the passage.
  for (const fold of document.querySelectorAll(".report details")) fold.open = false;
  function reveal(target) {
    const place = id(target);
    if (!place) return;
    for (let up = place; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    const fold = place.classList.contains("report") && place.querySelector("details");
    if (fold) fold.open = true;
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (place.classList.contains("at")) {
      const report = place.closest(".text");
      for (const part of report.querySelectorAll("[data-p]")) {
        if (part.dataset.p.split(" ").includes(target)) part.classList.add("lit");
      }
    }
    place.scrollIntoView({ block: place.classList.contains("at") ? "center" : "start" });
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link) return;
    const target = decodeURIComponent(link.getAttribute("href").slice(1));
    const reason = link.dataset.why;
    if (reason && open(reason, link, { at: link.dataset.at })) {
      event.preventDefault();
    } else if (id(target) && target !== shown) {
      if (panel.contains(link) && narrow.matches) {
        opener = null;
        close();
      }
      event.preventDefault();
      reveal(target);
      const heading = id(target);
      if (heading.hasAttribute("tabindex")) heading.focus({ preventScroll: true });
      setHash(target);
    } else if (target === shown) {
      event.preventDefault();
    }
  });

  function arrive() {
    const target = decodeURIComponent(location.hash.slice(1));
    if (!target) return;
    if (id(target)) reveal(target);
    open(target, id(target));
  }
  window.addEventListener("hashchange", arrive);

  // The timeline: one stop for the tab key, arrows along it; what is pointed at is named underneath.
  const marks = [...document.querySelectorAll("#picture .ev")];
  const pointed = id("pointed");
  const along = marks.slice().sort((a, b) => a.getBBox().x - b.getBBox().x);
  function name(mark) {
    pointed.textContent = mark.getAttribute("aria-label");
  }
  along.forEach((mark, index) => {
    mark.setAttribute("tabindex", index ? "-1" : "0");
    for (const kind of ["mouseenter", "focus"]) mark.addEventListener(kind, () => name(mark));
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = along[index + step];
      if (!next) return;
      mark.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  });
  const now = document.querySelector("#picture .now");
  if (now) {
    const picture = id("picture");
    picture.scrollLeft = Number(now.getAttribute("x1")) - picture.clientWidth * 0.7;
  }

  // Filters.
  const form = id("filters");
  const rows = [...document.querySelectorAll(".u")];
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  let texts = null;
  function filter() {
    const wanted = [...form.querySelectorAll("select")].map((s) => s.value).filter(Boolean);
    const words = plain(id("search").value).split(/\s+/).filter(Boolean);
    if (words.length && !texts) texts = rows.map((row) => plain(row.textContent));
    let count = 0;
    rows.forEach((row, index) => {
      const keys = data.keys[row.id] || [];
      const fits = wanted.every((key) => keys.includes(key)) && words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      count += fits;
    });
    for (const day of document.querySelectorAll(".day-group")) day.hidden = !day.querySelector(".u:not([hidden])");
    const all = count === rows.length;
    id("result").textContent = count ? say("said.shown", { shown: count, n: rows.length }) : say("said.none_shown");
    id("clear").hidden = all && !wanted.length && !words.length;
  }
  if (form) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    form.reset();
    filter();
  }

  // Keys.
  const keys = id("keys");
  id("tools").hidden = false;
  id("keys-button").addEventListener("click", () => keys.showModal());
  id("keys-close").addEventListener("click", () => keys.close());
  id("single").checked = stored("keys") !== "off";
  id("single").addEventListener("change", (event) => stored("keys", event.target.checked ? "on" : "off"));

  const visible = (item) => (item.checkVisibility ? item.checkVisibility() : item.getClientRects().length > 0);
  function move(step) {
    const items = [...document.querySelectorAll("[data-item]")].filter(visible);
    if (!items.length) return;
    const focused = document.activeElement.closest && document.activeElement.closest("[data-item]");
    let index = items.indexOf(focused || current);
    if (index < 0) index = items.findIndex((item) => item.getBoundingClientRect().top >= 0) - (step > 0 ? 1 : 0);
    const next = items[Math.min(Math.max(index + step, 0), items.length - 1)];
    if (current) current.classList.remove("current");
    current = next;
    current.classList.add("current");
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
    if (panel.open && has(data.why, current.dataset.item)) open(current.dataset.item, current, { stay: true });
  }
  document.addEventListener("focusin", (event) => {
    if (current && !current.contains(event.target) && !panel.contains(event.target)) current.classList.remove("current");
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && !keys.open) {
      if (panel.open) {
        event.preventDefault();
        close();
      } else if (event.target === id("search")) {
        event.preventDefault();
        if (event.target.value) {
          event.target.value = "";
          filter();
        } else {
          event.target.blur();
        }
      }
      return;
    }
    if (typing || keys.open) return;
    if (event.key === "Enter" && event.target.dataset && event.target.dataset.item) {
      event.preventDefault();
      open(event.target.dataset.item, event.target);
      return;
    }
    if (!id("single").checked) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/" && form) {
      event.preventDefault();
      id("search").focus();
      form.scrollIntoView({ block: "start" });
    } else if (event.key === "?") keys.showModal();
  });

  // On paper nothing can be unfolded: what is folded on the screen is open there, and folded again afterwards.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open])")].filter((d) => !d.closest("#reports"));
    for (const fold of unfolded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of unfolded) fold.open = false;
  });

  root.classList.add("js");
  arrive();
})();

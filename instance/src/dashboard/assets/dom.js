// Elements from code. Texts are always text: nothing here can turn what people entered into markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. `props`: `class`, `on…` listeners, `dataset`, properties of the element by their names, all else as
 * attributes; false, null and undefined leave one out. Children: nodes, texts, lists of them; null and false are nothing.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** Takes the place of all that was in `element`. */
export function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

// Outlines on a grid of 24, drawn by hand.
const PATHS = {
  overview: ['M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z'],
  users: ['M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M2.5 20a6.5 6.5 0 0 1 13 0', 'M16 4.5a3.5 3.5 0 0 1 0 6.6', 'M18 14a6.5 6.5 0 0 1 3.5 6'],
  sessions: ['M3 5h18v11H3z', 'M8 20h8', 'M12 16v4'],
  organizations: ['M4 20V5a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v15', 'M14 9h5a1 1 0 0 1 1 1v10', 'M2.5 20h19', 'M8 8h2', 'M8 12h2', 'M8 16h2', 'M17 13h0', 'M17 16.5h0'],
  outbox: ['M3 6h18v12H3z', 'M3.5 6.5L12 13l8.5-6.5'],
  settings: ['M4 7h9', 'M19 7h1', 'M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z', 'M4 17h1', 'M11 17h9', 'M8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z'],
  keys: ['M14.5 13.5a5 5 0 1 0-4.9-4L3.5 15.6V20H8v-2.5h2.5V15h1.7l1.1-1.1a5 5 0 0 0 1.2-.4z', 'M15.8 8.2h0'],
  audit: ['M6 3h9l4 4v14H6z', 'M14.5 3v5H19', 'M9 12.5h7', 'M9 16.5h5'],
  search: ['M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M16.2 16.2L21 21'],
  plus: ['M12 5v14', 'M5 12h14'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  copy: ['M9 9h11v11H9z', 'M15 5H5a1 1 0 0 0-1 1v9'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  back: ['M15 5l-7 7 7 7'],
  next: ['M9 5l7 7-7 7'],
  more: ['M5 12h0', 'M12 12h0', 'M19 12h0'],
  menu: ['M4 7h16', 'M4 12h16', 'M4 17h16'],
  out: ['M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5', 'M15 8l4 4-4 4', 'M19 12H9'],
  sun: ['M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M12 3v1.5', 'M12 19.5V21', 'M3 12h1.5', 'M19.5 12H21', 'M5.6 5.6l1.1 1.1', 'M17.3 17.3l1.1 1.1', 'M5.6 18.4l1.1-1.1', 'M17.3 6.7l1.1-1.1'],
  moon: ['M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z'],
  device: ['M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z', 'M12 4v16', 'M15 5v14', 'M18 7.5v9'],
  warning: ['M12 4L2.5 20h19z', 'M12 10v4.5', 'M12 17.3h0'],
  refresh: ['M20 12a8 8 0 1 1-2.4-5.7', 'M20 4v4.5h-4.5'],
};

/** A picture beside a text that says the same: nothing for screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })) {
    svg.setAttribute(attribute, value);
  }
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

// Builds elements. Text always becomes a text node, so nothing that a person or a module wrote can become markup.

/**
 * Makes an element.
 * @param {string} tag The element's name.
 * @param {Record<string, unknown>|null} props `on…` are listeners, `class`, `data-…` and `aria-…` attributes; null, undefined and false leave one out.
 * @param {...(Node|string|null|false|Array)} children Nodes or text; null and false are left out.
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const strokes = {
  back: ['M15 5l-7 7 7 7'],
  more: ['M5 12h.01', 'M12 12h.01', 'M19 12h.01'],
  plus: ['M12 5v14', 'M5 12h14'],
  send: ['M4 12l16-8-5 16-3.5-6.5z'],
  smile: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M8.5 14.5a4.5 4.5 0 0 0 7 0', 'M9 9.5h.01', 'M15 9.5h.01'],
  search: ['M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z', 'M20 20l-4.8-4.8'],
  down: ['M6 9l6 6 6-6'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  photo: ['M4 5h16v14H4z', 'M4 16l4.5-4.5 4 4 3-3L20 17', 'M15.5 9h.01'],
  place: ['M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z', 'M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z'],
  camera: ['M4 8h3.5L9 5.5h6L16.5 8H20v11H4z', 'M12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z'],
  block: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M5.8 5.8l12.4 12.4'],
  add: ['M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M3 20c.6-3.6 3.4-5.5 7-5.5 1.3 0 2.5.2 3.5.7', 'M18 14v6', 'M15 17h6'],
  pause: ['M8 5v14', 'M16 5v14'],
  play: ['M7 5l12 7-12 7z'],
  clock: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M12 7v5l3.5 2'],
  clear: ['M5 7h14', 'M9 7V4h6v3', 'M7 7l1 13h8l1-13'],
  copy: ['M9 9h11v11H9z', 'M15 9V4H4v11h5'],
  sound: ['M5 10v4h3l5 4V6L8 10z', 'M16.5 9a4 4 0 0 1 0 6', 'M19 6.5a8 8 0 0 1 0 11'],
  coupon: ['M4 7h16v3.5a1.5 1.5 0 0 0 0 3V17H4v-3.5a1.5 1.5 0 0 0 0-3z', 'M10 7v10'],
  signal: ['M12 13h.01', 'M8.5 16.5a5 5 0 0 1 0-7', 'M15.5 9.5a5 5 0 0 1 0 7', 'M6 19a8.5 8.5 0 0 1 0-12', 'M18 7a8.5 8.5 0 0 1 0 12'],
  people: ['M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M2.5 19c.5-3.4 3-5 6.5-5s6 1.6 6.5 5', 'M16 11a3 3 0 1 0-1-5.8', 'M17 14.2c2.5.3 4 1.8 4.5 4.8'],
  leave: ['M14 4H5v16h9', 'M11 12h10', 'M17.5 8.5L21 12l-3.5 3.5'],
  edit: ['M4 20h4L19 9l-4-4L4 16z', 'M13 7l4 4'],
  quote: ['M10 7L5 12l5 5', 'M5 12h9a5 5 0 0 1 5 5v1'],
  menu: ['M4 5h7v6H4z', 'M13 5h7v6h-7z', 'M4 13h16v6H4z'],
  up: ['M6 15l6-6 6 6'],
  globe: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M3 12h18', 'M12 3c5 5 5 13 0 18', 'M12 3c-5 5-5 13 0 18'],
};

/** One of our line drawings, 24 by 24, hidden from screen readers: the control that holds it has the words. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes[name]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', stroke);
    svg.append(path);
  }
  if (name === 'more') svg.style.strokeWidth = '3';
  return svg;
}

/** Addresses that pictures may come from: https, this origin, a server on this machine, and what the browser itself holds of the person's own. */
function isPicture(url) {
  if (typeof url !== 'string' || !URL.canParse(url, location.origin)) return false;
  const { protocol, origin, hostname } = new URL(url, location.origin);
  return protocol === 'https:' || origin === location.origin || protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname) || /^data:image\/(png|jpeg|gif);/.test(url);
}

/** A picture from an address that somebody sent; one that cannot be shown leaves its place, or does what `broken` says. */
export function picture(url, props, broken) {
  const image = h('img', { referrerpolicy: 'no-referrer', ...props, onerror: () => broken ? broken() : image.classList.add('broken') });
  if (isPicture(url)) image.src = url;
  else queueMicrotask(() => image.dispatchEvent(new Event('error'))); // As a browser would, once the picture has been put somewhere.
  return image;
}

/** A picture of a person or an account; the first letter of the name stands in for one that is missing or broken. */
export function face(name, url, kind) {
  const letter = () => h('span', { class: `face ${kind ?? ''}`, 'aria-hidden': 'true' }, [...(name ?? '?')][0] ?? '?');
  if (!isPicture(url)) return letter();
  return h('img', { class: `face ${kind ?? ''}`, src: url, alt: '', onerror: event => event.target.replaceWith(letter()) });
}

/** A round button that shows only a drawing and says its label to everyone else. */
export function iconButton(name, label, props) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, ...props }, icon(name));
}

/** Opens a sheet over the page; focus stays inside, Escape and the cross close it, and it is gone when closed. */
export function openSheet(title, closeLabel, fill) {
  const heading = `sheet-${crypto.randomUUID()}`;
  const dialog = h('dialog', { class: 'sheet', 'aria-labelledby': heading, onclose: () => dialog.remove() });
  const close = () => dialog.close();
  dialog.append(
    h('header', null, h('h2', { id: heading }, title), iconButton('close', closeLabel, { onclick: close })),
    h('div', { class: 'body' }, fill(close)));
  dialog.addEventListener('click', event => { if (event.target === dialog) close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

let toastTimer = 0;

/** Shows a sentence for 4 s at the foot of the page and says it to screen readers. */
export function toast(text) {
  const note = document.getElementById('toast');
  note.textContent = text;
  note.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { note.hidden = true; }, 4000);
}

/** Says a sentence to screen readers without moving focus. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}

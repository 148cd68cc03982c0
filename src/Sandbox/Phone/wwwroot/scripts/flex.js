// Flex messages: bubbles of boxes, as LINE lays them out. Source: reference, "Flex Message"; "Flex Message layout".
// Looks are set property by property on elements: nothing that a module wrote is ever read as markup or as a style sheet.
import { h, picture } from './dom.js';

const widths = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };
const spaces = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const letters = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, '3xl': 35, '4xl': 48, '5xl': 74 };
const pictures = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, '3xl': 180, '4xl': 200, '5xl': 220 };
const borders = { none: 0, light: 0.5, normal: 1, medium: 2, 'semi-bold': 3, bold: 4 };
const blockPadding = { header: '20px', body: '20px', footer: '10px' };
const sides = { start: 'flex-start', center: 'center', end: 'flex-end', top: 'flex-start', bottom: 'flex-end' };

const length = /^\d{1,5}(\.\d{1,4})?(px|%)$/;
const color = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

/** A length of CSS from a step of a scale or from pixels and parts; undefined for anything else. */
const measure = (value, scale) => typeof value !== 'string' ? undefined : value in scale ? `${scale[value]}px` : length.test(value) ? value : undefined;
const paint = value => typeof value === 'string' && color.test(value) ? value : undefined;

/** Sets what is defined, one property at a time. */
function look(element, styles) {
  for (const [name, value] of Object.entries(styles)) if (value !== undefined) element.style.setProperty(name, value);
  return element;
}

/** @returns {{element: HTMLElement, wide: boolean}} */
export function flexMessage(message, act) {
  const container = message.contents ?? {};
  if (container.type !== 'carousel') return { element: h('div', { class: 'bubble bare' }, bubble(container, act)), wide: true };
  const bubbles = (container.contents ?? []).map(one => bubble(one, act));
  return { element: h('div', { class: 'bubble bare' }, h('div', { class: 'carousel', tabindex: '0', role: 'group', 'aria-label': message.altText }, bubbles)), wide: true };
}

function bubble(container, act) {
  const styles = container.styles ?? {};
  const blocks = ['header', 'hero', 'body', 'footer'].filter(name => container[name]).map(name => {
    const style = styles[name] ?? {};
    const inner = component(container[name], 'vertical', act, blockPadding[name]);
    const block = look(h('div', { class: `flex-block flex-${name}` }, inner), { 'background-color': paint(style.backgroundColor) });
    if (style.separator) look(block, { 'border-top': `1px solid ${paint(style.separatorColor) ?? '#d4d6da'}` });
    return block;
  });
  const element = look(h('div', { class: 'flex-bubble', dir: container.direction === 'rtl' ? 'rtl' : 'ltr', 'data-testid': 'flex-bubble' }, blocks),
    { width: `${widths[container.size] ?? widths.mega}px` });
  return pressable(element, container.action, act);
}

function component(one, layout, act, padding) {
  switch (one?.type) {
    case 'box': return box(one, layout, act, padding);
    case 'text': return text(one, layout, act);
    case 'image': return image(one, layout, act);
    case 'video': return component(one.altContent, layout, act); // This phone plays nothing: what LINE shows in its place, it shows too.
    case 'icon': return icon(one);
    case 'button': return button(one, layout, act);
    case 'separator': return look(h('div', { class: `flex-separator ${layout === 'vertical' ? '' : 'upright'}`, role: 'presentation' }), { 'background-color': paint(one.color), ...margins(one, layout) });
    case 'filler': return look(h('div'), { flex: `${one.flex ?? 1} 1 0` });
    default: return h('div', { class: 'flex-strange' }, one?.type ?? '?');
  }
}

function box(one, layout, act, padding) {
  const inner = one.layout === 'vertical' ? 'vertical' : 'horizontal';
  const contents = (one.contents ?? []).map(child => component(child, inner, act));
  contents.forEach((child, index) => {
    if (index > 0 && one.contents[index].margin === undefined) look(child, { [inner === 'vertical' ? 'margin-top' : 'margin-inline-start']: measure(one.spacing, spaces) });
  });
  const element = look(h('div', { class: `flex-box ${one.layout === 'baseline' ? 'baseline' : inner}` }, contents), {
    ...share(one, layout, 1), ...margins(one, layout), ...place(one),
    padding: measure(one.paddingAll, spaces) ?? padding,
    'padding-top': measure(one.paddingTop, spaces), 'padding-bottom': measure(one.paddingBottom, spaces),
    'padding-inline-start': measure(one.paddingStart, spaces), 'padding-inline-end': measure(one.paddingEnd, spaces),
    'background-color': paint(one.backgroundColor), 'background-image': gradient(one.background),
    'border-color': paint(one.borderColor), 'border-width': measure(one.borderWidth, borders), 'border-style': one.borderWidth ? 'solid' : undefined,
    'border-radius': measure(one.cornerRadius, spaces), overflow: one.cornerRadius ? 'hidden' : undefined,
    width: measure(one.width, {}), 'max-width': measure(one.maxWidth, {}), height: measure(one.height, {}), 'max-height': measure(one.maxHeight, {}),
    'justify-content': ['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly'].includes(one.justifyContent) ? one.justifyContent : undefined,
    'align-items': ['center', 'flex-start', 'flex-end'].includes(one.alignItems) ? one.alignItems : undefined,
  });
  if (one.width) look(element, { flex: '0 0 auto' });
  return pressable(element, one.action, act);
}

function text(one, layout, act) {
  const spans = (one.contents ?? []).map(span => look(h('span', null, span.text ?? ''), font(span)));
  const element = look(h('p', { class: `flex-text ${one.wrap ? 'wraps' : ''}` }, spans.length > 0 ? spans : one.text ?? ''), {
    ...share(one, layout, 1), ...margins(one, layout), ...place(one), ...font({ size: 'md', ...one }),
    'text-align': { start: 'start', center: 'center', end: 'end' }[one.align],
    'align-self': layout === 'horizontal' ? sides[one.gravity] : undefined,
  });
  if (one.wrap && one.maxLines > 0) {
    element.classList.add('clamped');
    look(element, { '-webkit-line-clamp': String(one.maxLines) });
  }
  return pressable(element, one.action, act);
}

const font = one => ({
  'font-size': measure(one.size, letters), color: paint(one.color), 'font-weight': one.weight === 'bold' ? '700' : undefined,
  'font-style': one.style === 'italic' ? 'italic' : undefined, 'text-decoration': ['underline', 'line-through'].includes(one.decoration) ? one.decoration : undefined,
});

function image(one, layout, act) {
  const [width, height] = ratio(one.aspectRatio);
  const shown = look(picture(one.url, { class: 'flex-image', alt: '' }), {
    width: one.size === 'full' ? '100%' : measure(one.size ?? 'md', pictures), 'aspect-ratio': `${width} / ${height}`,
    'object-fit': one.aspectMode === 'cover' ? 'cover' : 'contain', 'background-color': paint(one.backgroundColor),
  });
  const element = look(h('div', { class: 'flex-picture' }, shown), {
    ...share(one, layout, 1), ...margins(one, layout), ...place(one),
    'justify-content': sides[one.align] ?? 'center', 'align-self': layout === 'horizontal' ? sides[one.gravity] : undefined,
  });
  return pressable(element, one.action, act);
}

function icon(one) {
  const [width, height] = ratio(one.aspectRatio);
  const size = measure(one.size ?? 'md', letters);
  return look(picture(one.url, { class: 'flex-icon', alt: '' }), { height: size, 'aspect-ratio': `${width} / ${height}`, ...margins(one, 'horizontal'), ...place(one) });
}

function button(one, layout, act) {
  const filled = one.style === 'primary' || one.style === 'secondary';
  return look(h('button', { type: 'button', class: `flex-button ${one.style ?? 'link'} ${one.height === 'sm' ? 'low' : ''}`, 'data-testid': 'flex-button', onclick: event => { event.stopPropagation(); act(one.action ?? {}); } }, one.action?.label ?? ''), {
    ...share(one, layout, 1), ...margins(one, layout), ...place(one),
    'background-color': filled ? paint(one.color) : undefined, color: filled ? undefined : paint(one.color), 'align-self': layout === 'horizontal' ? sides[one.gravity] : undefined,
  });
}

/** How much of its box's room a component takes: side by side all share alike unless they say otherwise, one above the other each takes what it needs. */
function share(one, layout, alike) {
  const part = Number.isInteger(one.flex) ? one.flex : layout === 'vertical' ? 0 : alike;
  return { flex: part > 0 ? `${part} ${part} 0` : '0 0 auto' };
}

const margins = (one, layout) => ({ [layout === 'vertical' ? 'margin-top' : 'margin-inline-start']: measure(one.margin, spaces) });

const place = one => ({
  position: one.position === 'absolute' ? 'absolute' : ['offsetTop', 'offsetBottom', 'offsetStart', 'offsetEnd'].some(name => one[name]) ? 'relative' : undefined,
  top: measure(one.offsetTop, spaces), bottom: measure(one.offsetBottom, spaces), 'inset-inline-start': measure(one.offsetStart, spaces), 'inset-inline-end': measure(one.offsetEnd, spaces),
});

function ratio(text) {
  const [width, height] = String(text ?? '1:1').split(':').map(Number);
  return width > 0 && height > 0 ? [width, height] : [1, 1];
}

function gradient(background) {
  if (background?.type !== 'linearGradient' || !/^\d{1,3}(\.\d+)?deg$/.test(background.angle ?? '')) return undefined;
  const [start, center, end] = [background.startColor, background.centerColor, background.endColor].map(paint);
  if (!start || !end) return undefined;
  return `linear-gradient(${background.angle}, ${start}, ${center ? `${center} ${length.test(background.centerPosition ?? '') ? background.centerPosition : '50%'}, ` : ''}${end})`;
}

/** Makes an element do its action by pointer and keyboard; the innermost one that has an action wins. */
function pressable(element, action, act) {
  if (!action?.type) return element;
  const press = event => {
    event.stopPropagation();
    act(action);
  };
  element.setAttribute('role', 'button');
  element.tabIndex = 0;
  element.classList.add('presses');
  if (action.label) element.setAttribute('aria-label', action.label);
  element.addEventListener('click', press);
  element.addEventListener('keydown', event => {
    if (event.target !== element || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    press(event);
  });
  return element;
}

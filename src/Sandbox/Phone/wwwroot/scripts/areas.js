// A picture with areas to tap, as image maps and rich menus have. Areas are given in the picture's own pixels and shown as parts of it.
import { h } from './dom.js';

/**
 * @param {{width: number, height: number}} size The picture's own size.
 * @param {Array<{bounds: {x: number, y: number, width: number, height: number}, label: string, press: () => void}>} areas
 * @param {string} testId Of each area.
 */
export function tapAreas(size, areas, testId) {
  const part = (length, whole) => `${(100 * length) / whole}%`;
  return areas.map(({ bounds, label, press }) => {
    const area = h('button', { type: 'button', class: 'tap-area', 'aria-label': label, title: label, 'data-testid': testId, onclick: press });
    area.style.insetInlineStart = part(bounds.x, size.width);
    area.style.top = part(bounds.y, size.height);
    area.style.width = part(bounds.width, size.width);
    area.style.height = part(bounds.height, size.height);
    return area;
  });
}

/** What an action would do, for who cannot see the picture. */
export const actionWords = action => action.label ?? action.text ?? action.displayText ?? action.uri ?? action.linkUri ?? action.data ?? action.type;

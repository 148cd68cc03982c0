// Image maps: a picture 1040 wide with areas to tap, and perhaps a video in it. Source: reference, "Imagemap message".
import { h, picture } from './dom.js';
import { t } from './i18n.js';
import { actionWords, tapAreas } from './areas.js';
import { videoCard } from './media.js';

/** Image map actions have names of their own for what other actions do. */
const asAction = action => action.type === 'uri' ? { type: 'uri', uri: action.linkUri } : action;

export function imagemap(message, act, watched) {
  const size = { width: message.baseSize?.width || 1040, height: message.baseSize?.height || 1040 };
  const image = picture(`${message.baseUrl}/700`, { alt: message.altText ?? '' });
  const areas = (message.actions ?? []).filter(action => action.area)
    .map(action => ({ bounds: action.area, label: actionWords(action), press: () => act(asAction(action)) }));
  if (message.video?.area) areas.push({ bounds: message.video.area, label: t('videoPlay'), press: () => videoCard(message.video, act, watched).open() });
  const map = h('div', { class: 'imagemap', role: 'group', 'aria-label': message.altText, 'data-testid': 'imagemap' }, image, tapAreas(size, areas, 'imagemap-area'));
  map.style.aspectRatio = `${size.width} / ${size.height}`;
  return map;
}

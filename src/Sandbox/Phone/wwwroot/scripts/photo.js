// A photo from the person's device, made small in the browser before it is sent.
import { h, openSheet } from './dom.js';
import { t } from './i18n.js';

const longestSide = 1280; // Pixels: sharp on a phone, about 200 KB as JPEG.
const quality = 0.85;

/** Asks for a file (on a real phone perhaps its camera) and hands on the picture as a JPEG data URL. */
export function choosePhoto(camera, use) {
  const input = h('input', { type: 'file', accept: 'image/*', capture: camera ? 'environment' : null, 'data-testid': 'photo-file', class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true' });
  input.addEventListener('change', async () => {
    const file = input.files[0];
    input.remove();
    const dataUrl = await shrink(file);
    if (dataUrl) use(dataUrl);
    else openSheet(t('photo'), t('close'), close => [h('p', null, t('photoBad')), h('button', { type: 'button', class: 'primary', onclick: () => { close(); choosePhoto(camera, use); } }, t('retry'))]);
  });
  input.addEventListener('cancel', () => input.remove());
  document.body.append(input);
  input.click();
}

/** @returns {Promise<string|null>} Null when the browser cannot read the file as a picture. */
async function shrink(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = h('canvas', { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
  const brush = canvas.getContext('2d');
  brush.fillStyle = '#ffffff'; // JPEG has no transparency.
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.toDataURL('image/jpeg', quality);
}

// Passing the account's beacon: a phone would notice it by itself; here a person says so. Source: "Using beacons".
import { h, openSheet } from './dom.js';
import { t } from './i18n.js';

/** @param {(type: 'enter'|'banner'|'stay') => void} use */
export function passBeacon(use) {
  openSheet(t('beacon'), t('close'), close => [
    h('p', { class: 'hint' }, t('beaconHint')),
    ...['enter', 'banner', 'stay'].map(type =>
      h('button', { type: 'button', class: 'quiet', 'data-testid': `beacon-${type}`, onclick: () => { close(); use(type); } }, t(`beacon.${type}`))),
  ]);
}

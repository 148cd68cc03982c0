// A place to send: one of a few, or any that the person types.
import { h, icon, openSheet } from './dom.js';
import { t } from './i18n.js';

const places = [
  { title: '大安森林公園', address: '台北市大安區新生南路二段1號', latitude: 25.0296, longitude: 121.5357 },
  { title: '台中公園', address: '台中市北區雙十路一段65號', latitude: 24.1447, longitude: 120.6845 },
  { title: '衛武營都會公園', address: '高雄市鳳山區南京路449-1號', latitude: 22.6225, longitude: 120.3429 },
];

/** Opens the sheet and hands on `{title, address, latitude, longitude}`; degrees, WGS 84. */
export function choosePlace(use) {
  openSheet(t('place'), t('close'), close => {
    const field = (name, label, limits) => {
      const input = h('input', { name, required: true, value: places[0][name], ...limits });
      return [input, h('label', null, label, input)];
    };
    const [title, titleLabel] = field('title', t('placeTitle'), { maxlength: 100 });
    const [address, addressLabel] = field('address', t('placeAddress'), { maxlength: 100 });
    const [latitude, latitudeLabel] = field('latitude', t('latitude'), { type: 'number', min: -90, max: 90, step: 'any' });
    const [longitude, longitudeLabel] = field('longitude', t('longitude'), { type: 'number', min: -180, max: 180, step: 'any' });
    const fields = { title, address, latitude, longitude };
    const pick = place => Object.keys(fields).forEach(name => { fields[name].value = place[name]; });
    const submit = event => {
      event.preventDefault();
      close();
      use({ title: title.value, address: address.value, latitude: Number(latitude.value), longitude: Number(longitude.value) });
    };
    return [
      h('p', { class: 'hint' }, t('placePick')),
      h('div', { class: 'choices' }, places.map(place => h('button', { type: 'button', class: 'quiet', onclick: () => pick(place) }, icon('place'), place.title))),
      h('form', { onsubmit: submit }, titleLabel, addressLabel, h('div', { class: 'pair' }, latitudeLabel, longitudeLabel),
        h('button', { class: 'primary', 'data-testid': 'place-send' }, t('placeSend'))),
    ];
  });
}

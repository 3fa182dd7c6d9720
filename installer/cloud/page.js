// SPDX-License-Identifier: Apache-2.0
'use strict';
// The operator's page: asks the portal, shows what it says. Texts are set as text: a device's name is nobody's markup.
const kTemplate = 'Keystamp board';
const at = (id) => document.getElementById(id);

async function ask(method, path, body, type = 'application/json') {
  const reply = await fetch(`/portal/${path}`, { method, body, headers: body === undefined ? {} : { 'Content-Type': type } });
  const said = await reply.json();
  if (!reply.ok) throw new Error(said.message ?? said.wrong?.join('; ') ?? reply.statusText);
  return said;
}

const change = (device, what) => ask('PATCH', `devices/${encodeURIComponent(device.id)}`, JSON.stringify(what));

/** What may be done with a device as it stands: a word for the button, and what it changes. */
function actsOf(device) {
  if (device.blocked) return [['Unblock', { blocked: false }]];
  const acts = [['Block', { blocked: true }]];
  if (!device.template || !device.approved) acts.unshift(['Associate and approve', { template: kTemplate, approved: true }]);
  return acts;
}

function rowOf(device) {
  const row = document.createElement('tr');
  row.dataset.id = device.id;
  for (const text of [device.id, device.name, device.status, device.by ?? '', device.template ?? '']) row.insertCell().textContent = text;
  row.cells[2].className = 'status';
  row.cells[2].dataset.status = device.status;
  const acts = row.insertCell();
  for (const [word, what] of actsOf(device)) {
    const button = document.createElement('button');
    button.textContent = word;
    button.setAttribute('aria-label', `${word} ${device.id}`);
    button.onclick = () => doing(`${device.id}: ${word.toLowerCase()}`, () => change(device, what));
    acts.append(button, ' ');
  }
  return row;
}

let shown = '';
async function show() {
  const devices = await ask('GET', 'devices');
  const now = JSON.stringify(devices);
  if (now === shown) return;  // a button that is being pressed stays where it is
  shown = now;
  at('devices').replaceChildren(...devices.map(rowOf));
  at('count').textContent = `${devices.length} devices, ${devices.filter((each) => each.status === 'Provisioned').length} provisioned`;
}

async function doing(what, act) {
  try {
    const said = await act();
    at('said').textContent = said?.imported === undefined ? what : `${what}: ${said.imported} devices`;
  } catch (error) {
    at('said').textContent = `${what}: ${error.message}`;
  }
  await show();
}

at('import').onchange = ({ target }) => {
  const [file] = target.files;
  if (file) doing(`imported ${file.name}`, async () => ask('POST', 'import', await file.text(), 'text/csv'));
  target.value = '';
};

at('approve-all').onclick = () => doing('associated and approved', async () => {
  const waiting = (await ask('GET', 'devices')).filter((device) => !device.blocked && (!device.template || !device.approved));
  for (const device of waiting) await change(device, { template: kTemplate, approved: true });
});

show();
setInterval(() => show().catch(() => { at('said').textContent = 'the stand-in does not answer'; }), 2000);

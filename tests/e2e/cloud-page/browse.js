// SPDX-License-Identifier: Apache-2.0
'use strict';
// node browse.js CHROMIUM PORT IMPORT.csv PICTURE.png: what an operator does on the page, each act followed until the page shows it.
const assert = require('node:assert');
const puppeteer = require('puppeteer-core');

const [chromium, port, csv, picture] = process.argv.slice(2);

async function main() {
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--ignore-certificate-errors'] });
  const page = await browser.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`https://localhost:${port}/`);

  const status = (id) => page.$eval(`tr[data-id="${id}"] .status`, (cell) => cell.textContent);
  const until = (id, wanted) => page.waitForFunction((one, text) => document.querySelector(`tr[data-id="${one}"] .status`)?.textContent === text, { timeout: 10000 }, id, wanted);
  const press = (word, id) => page.locator(`::-p-aria([name="${word} ${id}"][role="button"])`).click();

  await (await page.$('#import')).uploadFile(csv);
  await until('acme-000001', 'Registered');
  await page.waitForFunction(() => document.getElementById('said').textContent.includes('2 devices'));
  await (await page.$('#import')).uploadFile(csv);
  await page.waitForFunction(() => document.getElementById('said').textContent.includes('there is a device acme-000001'));

  await press('Associate and approve', 'acme-000001');
  await page.waitForFunction(() => document.querySelector('tr[data-id="acme-000001"]').cells[4].textContent === 'Keystamp board');
  await press('Block', 'acme-000001');
  await until('acme-000001', 'Blocked');
  await press('Unblock', 'acme-000001');
  await until('acme-000001', 'Registered');
  assert.equal(await status('acme-000002'), 'Registered');
  assert.equal(await page.$('#devices b'), null, 'a name is text, not markup');
  await page.locator('#approve-all').click();
  await page.waitForFunction(() => document.querySelector('tr[data-id="acme-000002"]').cells[4].textContent === 'Keystamp board');
  await page.screenshot({ path: picture });
  await browser.close();
  assert.deepEqual(faults, []);
  console.log('imported, refused twice, associated, blocked, unblocked, approved all');
}

main().catch((error) => { console.error(error); process.exit(1); });

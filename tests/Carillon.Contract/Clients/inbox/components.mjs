// Uses the official components and our own pages in a real browser as people do, against the server and with the key that are its first
// arguments; the third is a folder for pictures, and the fourth where the server looks for its inbox page. Prints what each page saw, as JSON.
import { createServer } from 'node:http';
import { copyFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { Application, buttons, until } from './application.mjs';
import { notificationCenter } from './pages/notification-center.mjs';
import { inbox } from './pages/inbox.mjs';
import { inboxDemo } from './pages/inbox-demo.mjs';
import { preferencePage } from './pages/preference-page.mjs';

const [server, key, pictures, demo] = process.argv.slice(2);
const application = new Application(server, key);

async function bundles() {
  const built = await build({
    entryPoints: ['pages/notification-center.jsx', 'pages/react.jsx', 'pages/react-3.jsx'],
    bundle: true,
    write: false,
    outdir: 'out',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },

    // What the package means for browsers, which this bundler does not read there.
    alias: { '@novu/react': './node_modules/@novu/react/dist/client/index.mjs' },
  });
  return new Map(built.outputFiles.map((file) => [file.path.split('/').at(-1), file.contents]));
}

// As the sample's own build does it, with packages that are here already.
async function buildDemo() {
  const from = '../../../../samples/inbox-page';
  await build({ entryPoints: [`${from}/page.js`], bundle: true, format: 'esm', outdir: demo, nodePaths: [resolve('node_modules')] });
  for (const file of ['index.html', 'page.css']) await copyFile(`${from}/${file}`, `${demo}/${file}`);
  await copyFile('node_modules/@novu/js/dist/index.css', `${demo}/inbox.css`);
}

// An origin of its own, as the page of an application is.
async function serve(files) {
  const web = createServer(({ url }, answer) => {
    const script = files.get(url.slice(1));
    answer.setHeader('Content-Type', script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    answer.end(script ?? `<!doctype html><title>Page</title><div id="page" style="padding: 1rem 26rem"></div><script src="${url.split('?')[0]}.js"></script>`);
  });
  await new Promise((resolve) => web.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${web.address().port}`;
}

// The newer components fetch their styles from the network, which is not there.
const styles = (route) => route.fulfill({ path: `node_modules/@novu/js${route.request().url().includes('js@3') ? '-3' : ''}/dist/index.css` });

async function open(browser, page, look, options = {}) {
  const context = await browser.newContext({ viewport: { width: 900, height: 720 }, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(60000);
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(error.message));
  await tab.route('https://cdn.jsdelivr.net/**', styles);
  const picture = (name, of = {}) => tab.screenshot({ path: `${pictures}/${page}-${name}.png`, ...of });
  try {
    return { ...(await look({ tab, picture, server, key, application, ...known })), complaints };
  } catch (error) {
    await picture('failed');
    return { failed: `${error.stack}`, complaints };
  }
}

const component = (page, look) => async ({ tab, picture, identifier, greeting, offer }) => {
  const subscriber = page;
  await tab.goto(`${origin}/${page}?${new URLSearchParams({ server, application: identifier, subscriber })}`);
  await until('a socket', async () => (await application.call('GET', `/v1/subscribers/${subscriber}`).catch(() => {}))?.isOnline);
  const feed = (query) => application.call('GET', `/v1/subscribers/${subscriber}/notifications/feed?${query}`);
  return look({
    tab,
    picture,
    greet: (name) => application.trigger(greeting, subscriber, { name }),
    offer: (name) => application.trigger(offer, subscriber, { name }),
    unread: async () => (await feed('read=false')).map((message) => message.content),
    messages: async () => (await feed('limit=50')).map((message) => ({ content: message.content, ...message.cta.action })),
  });
};

const feed = await application.call('POST', '/v1/feeds', { name: 'offers' });
const known = {
  identifier: await application.identifier(),
  greeting: await application.workflow('Greeting', { tags: ['social'], ...buttons }),
  offer: await application.workflow('Offer', { tags: ['shop'], content: 'Buy {{name}}', feedId: feed._id }),
};
const [origin, browser] = await Promise.all([
  bundles().then(serve),
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  }),
]);
await buildDemo();
const seen = await Promise.all([
  ['notification-center', component('notification-center', notificationCenter)],
  ['react', component('react', inbox)],
  ['react-3', component('react-3', inbox)],
  ['inbox-demo', inboxDemo],
  ['preference-page', preferencePage, { javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: 'en-US' }],
].map(async ([page, look, options]) => [page, await open(browser, page, look, options)]));
await browser.close();
console.log(JSON.stringify(Object.fromEntries(seen)));
process.exit(0);

/** What somebody sees and does on their own page, on a telephone and without scripts. */
export async function preferencePage({ tab, picture, application, greeting }) {
  await application.call('POST', '/v1/subscribers', { subscriberId: 'dora' });
  const { url } = await application.call('GET', '/v1/subscribers/dora/preference-page');
  await tab.goto(url);
  await picture('before', { fullPage: true });
  const greetings = tab.getByRole('group', { name: 'Greeting' });
  await greetings.getByLabel('In the app').uncheck();
  await tab.getByRole('group', { name: 'Everything' }).getByLabel('SMS').uncheck();
  await tab.getByRole('button', { name: 'Save' }).click();
  await tab.getByText('Saved.').waitFor();
  await picture('after', { fullPage: true });
  await tab.emulateMedia({ colorScheme: 'dark' });
  await picture('dark', { fullPage: true });
  const { channels } = (await application.call('GET', '/v1/subscribers/dora/preferences')).find((one) => one.template._id === greeting._id).preference;
  return { channels, overflows: await tab.locator('body').evaluate((body) => body.scrollWidth > innerWidth) };
}

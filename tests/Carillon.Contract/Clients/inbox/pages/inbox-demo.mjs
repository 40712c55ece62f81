/** What a newcomer sees on the server's own page. */
export async function inboxDemo({ tab, picture, server, key }) {
  await tab.goto(`${server}/inbox-demo`);
  await tab.getByLabel('The API key').fill(key);
  await tab.getByRole('button', { name: 'Open the inbox' }).click();
  await tab.locator('.nv-bellIcon').waitFor();
  await tab.getByLabel('What it says').fill('Hello newcomer');
  await tab.getByRole('button', { name: 'Send a notification' }).click();
  await tab.locator('.nv-bellDot').waitFor();
  await tab.locator('.nv-popoverTrigger').click();
  await tab.locator('.nv-notificationBody', { hasText: 'Hello newcomer' }).waitFor();
  await picture('list');
  const buttons = await tab.locator('.nv-notification').getByRole('button').allInnerTexts();
  return { buttons: buttons.filter(Boolean) };
}

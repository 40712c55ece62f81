/** Switches until that is saved: a switch that still moves into its place may not be hit. */
export async function switchAndSave(tab, control) {
  for (let tries = 0; tries < 5; tries++) {
    const saved = tab.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok(), { timeout: 4000 }).catch(() => {});
    await control.click();
    if (await saved) return;
  }
  throw new Error('The switch was never saved.');
}

/** Notes what every method of a class was called and how that ended, so that a report shows which nobody called. */
export function watch(prototype, report) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method = Object.getOwnPropertyDescriptor(prototype, name).value;
    if (name === 'constructor' || typeof method !== 'function') continue;

    report[name] ??= 'never called';
    prototype[name] = function (...args) {
      const failed = (error) => (report[name] = `failed: ${error?.originalError?.message ?? error?.message ?? error}`);
      const fine = (result) => {
        if (result?.error) failed(result.error);
        else if (!report[name].startsWith('failed')) report[name] = 'fine';
        return result;
      };
      try {
        const result = method.apply(this, args);
        return typeof result?.then === 'function' ? result.then(fine, (error) => { failed(error); throw error; }) : fine(result);
      } catch (error) {
        failed(error);
        throw error;
      }
    };
  }
  return report;
}

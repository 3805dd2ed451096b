import { makeDirectory } from '@rollcall/embedded-postgres';
import { SettingsError } from './settings.ts';

/** Makes the directory of data and logs where it is missing. @throws SettingsError */
export async function ensureDataDirectory(directory: string): Promise<void> {
  await makeDirectory(directory).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(
      `ROLLCALL_DATA_DIR: ${directory} can't be made (${reason}). Name another directory, such as .rollcall.`,
      { cause },
    );
  });
}

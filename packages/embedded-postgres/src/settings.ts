export interface SettingsOptions {
  port: number;
  durable: boolean;
  stock: boolean;
}

type Settings = Record<string, string | number>;

/** The server's command line settings; what is not here keeps PostgreSQL's default. */
export function serverArguments({ port, durable, stock }: SettingsOptions): string[] {
  const own = { ...everywhere, ...(durable ? durableSettings : disposableSettings) };
  const settings: Settings = { ...(stock ? {} : own), ...address, port };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const address: Settings = {
  listen_addresses: '127.0.0.1',
  // A socket's path may not exceed 107 bytes, and a data directory in a deep checkout soon does.
  unix_socket_directories: '',
};

const everywhere: Settings = {
  max_connections: 200,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%d ',
  log_checkpoints: 'off',
};

const durableSettings: Settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
};

const disposableSettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  checkpoint_timeout: '1h',
};

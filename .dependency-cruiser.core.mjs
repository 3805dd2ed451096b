import rules from './.dependency-cruiser.mjs';

const { comment } = rules.forbidden.find(({ name }) => name === 'no-folder-cycles');

/**
 * The folders of core, without their tests: a test sets up a world with all concepts in it, whatever folder it is in.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-folder-cycles',
      severity: 'error',
      comment,
      scope: 'folder',
      from: { path: '^packages/core/' },
      to: { circular: true },
    },
  ],
  options: {
    ...rules.options,
    exclude: { path: [...rules.options.exclude.path, '(\\.test\\.ts$|/testing/)'] },
  },
};

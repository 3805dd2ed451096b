import { z } from 'zod';

/** A variable that is set to nothing counts as not set. */
const variable = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const environmentSchema = z
  .object({
    ROLLCALL_URL: variable,
    ROLLCALL_OPERATOR_TOKEN: variable,
    ROLLCALL_DATA_DIR: variable,
    DATABASE_URL: variable,
  })
  .transform((variables) => ({
    serverUrl: variables.ROLLCALL_URL,
    operatorToken: variables.ROLLCALL_OPERATOR_TOKEN,
    dataDirectory: variables.ROLLCALL_DATA_DIR,
    databaseUrl: variables.DATABASE_URL,
  }));

/** What the environment says about the server and the operator. */
export type Environment = z.infer<typeof environmentSchema>;

/** Reads the only variables that the command line looks at. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return environmentSchema.parse(variables);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Is this the text of a UUID, and so worth asking the database for? */
export const isUuid = (text: string): boolean => UUID.test(text);

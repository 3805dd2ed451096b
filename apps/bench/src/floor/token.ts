/** The one token that the floor knows. */
export const FLOOR_TOKEN = 'floor';

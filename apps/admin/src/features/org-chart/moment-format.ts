/** A moment of the chart's history, in the viewer's zone. */
export const momentFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

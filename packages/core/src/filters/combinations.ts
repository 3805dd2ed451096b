/** The field that asks whether there is anything at all. */
export const present = { description: 'Is there any?', type: () => Boolean };

/** And, or and not for a filter that can be combined. */
export const combinations = (self: () => unknown) => ({
  and: { description: 'All of these hold.', type: () => [self()] },
  or: { description: 'One of these holds at least.', type: () => [self()] },
  not: { description: 'This does not hold.', type: self },
});

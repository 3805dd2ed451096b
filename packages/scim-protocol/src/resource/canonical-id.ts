/** An id in the one spelling that ids have here; a reference to what a bulk request creates has its own (RFC 7644 §3.7.2). */
export const canonicalId = (id: string): string => (id.startsWith('bulkId:') ? id : id.toLowerCase());

package parley.frontend.api;

/**
 * A user whom a request names, and where it does: so that an error can say which one is meant.
 *
 * @param field the field's path in the request, such as {@code opening.author}
 */
record NamedUser(String field, String name) {}

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { goToSignIn } from '../sign-in-redirect.ts';
import { toApiError } from './api-error.ts';

/** The one Apollo client of the page; the session is an HttpOnly cookie of the same origin. */
export function createApolloClient(): ApolloClient {
  const leaveWhenSignedOut = new ErrorLink(({ error }) => {
    if (toApiError(error).code === 'UNAUTHENTICATED') goToSignIn();
  });
  return new ApolloClient({
    link: ApolloLink.from([
      leaveWhenSignedOut,
      new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
    ]),
    cache: new InMemoryCache({
      typePolicies: {
        // Neither has an id of its own: they belong to the object that holds them.
        Viewer: { merge: true },
        PersonName: { merge: true },
        MappedGroupObject: { merge: true },
        EntityReference: { keyFields: false },
        Actor: { keyFields: false },
        Permission: { keyFields: ['id'] },
      },
    }),
    defaultOptions: { watchQuery: { notifyOnNetworkStatusChange: true } },
  });
}

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { from, mergeMap, throwError } from 'rxjs';
import { goToSignIn } from '../sign-in-redirect.ts';
import { askToProve, stepUpOf } from '../step-up.ts';
import { toApiError } from './api-error.ts';

/** The one Apollo client of the page; the session is an HttpOnly cookie of the same origin. */
export function createApolloClient(): ApolloClient {
  const leaveWhenSignedOut = new ErrorLink(({ error }) => {
    if (toApiError(error).code === 'UNAUTHENTICATED') goToSignIn();
  });
  // What takes a proof of late is sent again when there is one.
  const proveAndRepeat = new ErrorLink(({ error, operation, forward }) => {
    const stepUp = stepUpOf(error);
    if (stepUp === undefined) return;
    return from(askToProve(stepUp)).pipe(
      mergeMap((proven) => (proven ? forward(operation) : throwError(() => error))),
    );
  });
  return new ApolloClient({
    link: ApolloLink.from([
      leaveWhenSignedOut,
      proveAndRepeat,
      new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
    ]),
    cache: new InMemoryCache({
      typePolicies: {
        // Neither has an id of its own: they belong to the object that holds them.
        Viewer: { merge: true },
        PersonName: { merge: true },
        SecondFactors: { merge: true },
        TimeSettings: { merge: true },
        MappedGroupObject: { merge: true },
        EntityReference: { keyFields: false },
        Actor: { keyFields: false },
        Permission: { keyFields: ['id'] },
      },
    }),
    defaultOptions: { watchQuery: { notifyOnNetworkStatusChange: true } },
    // What is read again because something happened must not be the answer to what was asked before.
    queryDeduplication: false,
  });
}

// The pages that are pictured: who looks, and at which address. `open` walks on from there, to pages whose address
// holds an identifier. Add a page here in the same commit that adds the page.

export const pages = [{ name: "sign-in", path: "/sign-in" }];

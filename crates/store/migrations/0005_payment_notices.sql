-- What the gateway reports names a payment, which may still be that of an order.
CREATE INDEX order_by_payment ON "order" (payment_reference) WHERE payment_reference IS NOT NULL;

// SPDX-License-Identifier: Apache-2.0
// dotnet add package Microsoft.Azure.Devices.Provisioning.Client, .Provisioning.Transport.Mqtt, Microsoft.Azure.Devices.Client (version 1)
using System.Security.Cryptography.X509Certificates;
using Microsoft.Azure.Devices.Client;
using Microsoft.Azure.Devices.Provisioning.Client;
using Microsoft.Azure.Devices.Provisioning.Client.Transport;
using Microsoft.Azure.Devices.Shared;

// leaf and key; the intermediates go into the machine's store, or into the collection that SecurityProviderX509Certificate takes
using var certificate = X509Certificate2.CreateFromPemFile("@CERTIFICATE@", "@KEY@");
using var security = new SecurityProviderX509Certificate(certificate);
using var transport = new ProvisioningTransportHandlerMqtt();
var provisioning = ProvisioningDeviceClient.Create("@ENDPOINT@", "@SCOPE@", security, transport);
DeviceRegistrationResult result = await provisioning.RegisterAsync();
Console.WriteLine($"{result.Status} {result.AssignedHub}");
using var login = new DeviceAuthenticationWithX509Certificate(result.DeviceId, certificate);
using var client = DeviceClient.Create(result.AssignedHub, login, TransportType.Mqtt);
await client.OpenAsync();

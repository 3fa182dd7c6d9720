// SPDX-License-Identifier: Apache-2.0
// dotnet add package Microsoft.Azure.Devices.Provisioning.Client, .Provisioning.Transport.Mqtt, Microsoft.Azure.Devices.Client (version 1)
using Microsoft.Azure.Devices.Client;
using Microsoft.Azure.Devices.Provisioning.Client;
using Microsoft.Azure.Devices.Provisioning.Client.Transport;
using Microsoft.Azure.Devices.Shared;

const string key = "@KEY@";
using var security = new SecurityProviderSymmetricKey("@ID@", key, null);
using var transport = new ProvisioningTransportHandlerMqtt();
var provisioning = ProvisioningDeviceClient.Create("@ENDPOINT@", "@SCOPE@", security, transport);
DeviceRegistrationResult result = await provisioning.RegisterAsync();
Console.WriteLine($"{result.Status} {result.AssignedHub}");
var login = new DeviceAuthenticationWithRegistrySymmetricKey(result.DeviceId, key);
using var client = DeviceClient.Create(result.AssignedHub, login, TransportType.Mqtt);
await client.OpenAsync();
